/* The change page: sections that fold, links that lead to a sentence, who else is here. */
"use strict";
{
  const side = document.querySelector(".desk-side");

  /* Sections are open at first; what a person folds or opens stays so on this device. */
  const foldKey = details => `desk-fold:${document.body.className.match(/model-\S+/)}:${details.querySelector("h2, h4").id}`;
  document.querySelectorAll("fieldset.module > details").forEach(details => {
    let kept = null;
    try { kept = localStorage.getItem(foldKey(details)); } catch { /* private windows may refuse */ }
    details.open = kept ? kept === "open" : details.parentElement.classList.contains("desk-open");
    const group = details.closest(".inline-group");
    const rows = group ? group.querySelectorAll(".has_original").length : 0;
    if (rows) {
      const count = document.createElement("span");
      count.className = "desk-rows-count";
      count.textContent = ` (${rows})`;
      details.querySelector("summary").append(count);
    }
    details.querySelector("summary").addEventListener("click", () => {
      try { localStorage.setItem(foldKey(details), details.open ? "folded" : "open"); } catch { /* as above */ }
    });
  });

  /* On a narrow screen the panel of a form is a bar that opens; on a wide one it stands open. */
  if (side && side.dataset.presence) {
    const wide = matchMedia("(min-width: 1024px)");
    const panel = side.querySelector(".desk-panel");
    panel.open = wide.matches;
    wide.addEventListener("change", () => { panel.open ||= wide.matches; });
    panel.addEventListener("click", event => {
      if (!wide.matches && event.target.closest("a[href^='#']")) panel.open = false;
    });
  }

  const unfold = element => {
    for (let up = element.closest("details"); up; up = up.parentElement.closest("details")) up.open = true;
  };

  /* A text as one string, with the node and offset of each of its characters. */
  const spell = root => {
    const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const at = [];
    let text = "", node;
    while ((node = walker.nextNode())) {
      for (let i = 0; i < node.data.length; i += 1) {
        const sign = /\s/.test(node.data[i]) ? " " : node.data[i];
        if (sign === " " && text.endsWith(" ")) continue;
        text += sign;
        at.push([node, i]);
      }
    }
    return { text, at };
  };

  const standAtWords = (editor, words) => {
    const body = editor.editable().$;
    const { text, at } = spell(body);
    const start = words ? text.indexOf(words) : -1;
    editor.focus();
    if (start < 0) return;
    const [[first, from], [last, to]] = [at[start], at[start + words.length - 1]];
    const range = body.ownerDocument.createRange();
    range.setStart(first, from);
    range.setEnd(last, to + 1);
    const selection = body.ownerDocument.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    editor.getSelection().reset();
    editor.getSelection().scrollIntoView();
  };

  const editorOf = id => (typeof CKEDITOR === "undefined" ? null : CKEDITOR.instances[id]);

  const goTo = (id, words) => {
    const element = document.getElementById(id);
    if (!element) return false;
    unfold(element);
    const editor = editorOf(id);
    if (editor) {
      const place = () => {
        editor.container.$.scrollIntoView({ block: "center" });
        standAtWords(editor, words);
      };
      if (editor.status === "ready") place(); else editor.once("instanceReady", place);
      return true;
    }
    const drawn = element.matches("select.admin-autocomplete")
      ? element.nextElementSibling.querySelector(".select2-selection") : element;
    const field = drawn.matches("input, select, textarea, .select2-selection") ? drawn
      : drawn.matches("h2") ? drawn : drawn.querySelector("input:not([type=hidden]), select, textarea");
    drawn.scrollIntoView({ block: "center" });
    if (!field) return false;
    if (field.matches("h2")) field.tabIndex = -1;
    field.focus({ preventScroll: true });
    const start = words && field.setSelectionRange && field.value ? field.value.indexOf(words) : -1;
    if (start >= 0) field.setSelectionRange(start, start + words.length);
    return true;
  };

  document.addEventListener("click", event => {
    const link = event.target.closest("a[href^='#']");
    if (!link || link.closest("form") || event.ctrlKey || event.metaKey) return;
    const id = link.hash.slice(1).replace(/^cke_/, "");
    if (goTo(id, link.dataset.words || "")) {
      event.preventDefault();
      history.replaceState(null, "", link.hash);
    }
  });
  addEventListener("load", () => { if (location.hash.length > 1) goTo(location.hash.slice(1).replace(/^cke_/, ""), ""); });

  /* Every half minute: this page is still open; who else's is? A lapsed session shows here first. */
  if (side && side.dataset.presence) {
    const others = document.getElementById("desk-others");
    const signedOut = document.getElementById("desk-signed-out");
    const ask = async () => {
      const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
      try {
        const answer = await fetch(side.dataset.presence, {
          method: "POST", redirect: "manual", headers: { "X-CSRFToken": token },
        });
        if (signedOut) signedOut.hidden = answer.ok;
        if (!answer.ok) return;
        const said = (await answer.json()).others;
        if (others.textContent !== said) others.textContent = said;
        others.hidden = !said;
      } catch { /* no network for a moment: the next turn asks again */ }
    };
    setInterval(ask, 30000);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  }
}
