/* The house's buttons in the editor: cite, table of forms, picture, mark as claim. What they insert is
   plain text with a token, so that the allow-list of texts stays as it is. */
"use strict";
{
  const make = (tag, text, className = "") => Object.assign(document.createElement(tag), { textContent: text, className });

  /* The pictures of this form, saved or not; one without a name gets one. */
  const pictures = words => {
    const chosen = [...document.querySelectorAll('#pictures-group select[name$="-picture"]')].filter(select => select.value);
    const found = chosen.map((select, n) => {
      const [key, alt] = ["key", "alt"].map(name => document.getElementById(select.id.replace(/picture$/, name)));
      key.value ||= `picture-${n + 1}`;
      return { key: key.value, title: select.selectedOptions[0].text, detail: alt.value || key.value };
    });
    return found.filter(({ title, detail }) => `${title} ${detail}`.toLowerCase().includes(words.trim().toLowerCase()));
  };

  /* A dialog that searches and gives the chosen keys to `insert`. */
  const wire = dialog => {
    const box = dialog.querySelector("input[type=search]");
    const list = dialog.querySelector(".desk-found");
    const status = dialog.querySelector("[role=status]");
    const output = dialog.querySelector("output");
    const many = "many" in dialog.dataset;
    let chosen = [], asked = 0, waiting = 0;

    const said = () => { output.textContent = chosen.length ? dialog.deskText(chosen) : "–"; };
    const row = found => {
      const input = Object.assign(make("input"), { type: many ? "checkbox" : "radio", name: `${dialog.id}-choice`, value: found.key });
      input.checked = chosen.includes(found.key);
      input.addEventListener("change", () => {
        chosen = many ? chosen.filter(key => key !== found.key) : [];
        if (input.checked) chosen.push(found.key);
        said();
      });
      const words = make("span", "");
      words.append(make("strong", found.title), " ", make("span", found.detail, "desk-hint"));
      if (found.alert) words.append(" ", make("span", found.alert, "desk-alert"));
      const label = make("label");
      label.append(input, words);
      const item = make("li");
      item.append(label);
      return item;
    };
    const search = async () => {
      if (!dialog.dataset.url) {
        const found = pictures(box.value);
        list.replaceChildren(...found.map(row));
        status.textContent = found.length ? "" : dialog.dataset.none;
        return;
      }
      const turn = (asked += 1);
      try {
        const answer = await fetch(`${dialog.dataset.url}?q=${encodeURIComponent(box.value)}`, { headers: { Accept: "application/json" } });
        if (!answer.ok) throw new Error(String(answer.status));
        const { results, said: count } = await answer.json();
        if (turn !== asked) return;
        list.replaceChildren(...results.map(row));
        status.textContent = results.length ? count : dialog.dataset.none;
      } catch {
        if (turn === asked) status.textContent = dialog.dataset.failed;
      }
    };
    box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 200); });
    /* Enter in the box searches; it does not send the dialog away half filled. */
    box.addEventListener("keydown", event => { if (event.key === "Enter") { event.preventDefault(); search(); } });
    /* Django's window hands the key of what was added to this field; it is chosen at once. */
    const added = dialog.querySelector("[data-added]");
    if (added) django.jQuery(added).on("change", async () => {
      const answer = await fetch(`${dialog.dataset.url}?added=${encodeURIComponent(added.value)}`).catch(() => null);
      if (!answer?.ok) { status.textContent = dialog.dataset.failed; return; }
      const { results } = await answer.json();
      chosen.push(...results.map(found => found.key));
      list.prepend(...results.map(row));
      said();
      status.textContent = added.dataset.added;
    });
    /* Back in the text before the next key is read: the dialog's own “close” comes later, and what
       a quick typist wrote in between was lost. */
    const leave = inserting => {
      const editor = dialog.deskEditor;
      if (!editor) return;
      dialog.deskEditor = null;
      dialog.close();
      editor.focus();
      if (dialog.deskMarks) editor.getSelection().selectBookmarks(dialog.deskMarks);
      if (inserting && chosen.length) insert(editor, dialog.deskText(chosen));
    };
    dialog.addEventListener("cancel", event => { event.preventDefault(); leave(false); });
    dialog.addEventListener("close", () => leave(false));
    dialog.addEventListener("submit", event => { event.preventDefault(); leave(event.submitter?.value === "insert"); });
    return editor => {
      dialog.deskEditor = editor;
      editor.focus();
      dialog.deskMarks = editor.getSelection()?.createBookmarks2(true);
      chosen = [];
      box.value = "";
      said();
      search();
      dialog.showModal();
      box.focus();
    };
  };

  const before = editor => {
    const range = editor.getSelection().getRanges()[0];
    const node = range?.startContainer;
    return node?.type === CKEDITOR.NODE_TEXT ? node.getText().slice(0, range.startOffset).replace(/\u200b/g, "") : "";
  };
  /* A picture stands on a line of its own, below the block in which the cursor is. */
  const insertLine = (editor, token) => {
    const line = new CKEDITOR.dom.element("p", editor.document);
    const block = editor.elementPath()?.elements.find(element => element.getParent()?.equals(editor.editable()));
    line.setText(token);
    if (!block) editor.editable().append(line);
    else if (block.getText().trim()) line.insertAfter(block);
    else line.replace(block);
  };
  /* A token stands after its words: what is selected stays. */
  const insert = (editor, token) => {
    const range = editor.getSelection().getRanges()[0];
    if (range && !range.collapsed) { range.collapse(false); range.select(); }
    const text = before(editor);
    editor.fire("saveSnapshot");
    if (token.startsWith("[[picture:")) insertLine(editor, token);
    else editor.insertText(`${text && !/\s$/.test(text) ? " " : ""}${token}`);
    editor.fire("saveSnapshot");
  };

  /* The selected words, else the sentence in which the cursor stands. */
  const sentence = editor => {
    const selection = editor.getSelection();
    const selected = selection.getSelectedText().trim().replace(/\s+/g, " ");
    if (selected) return selected;
    const block = editor.elementPath()?.block;
    if (!block) return "";
    const range = selection.getRanges()[0].clone();
    range.setStartAt(block, CKEDITOR.POSITION_AFTER_START);
    const upto = range.cloneContents().getFirst() ? [...range.cloneContents().$.childNodes].map(n => n.textContent).join("") : "";
    const text = block.getText().replace(/\s+/g, " ").trim();
    const parts = text.match(/[^.!?]+(?:\[[^\]]*\])?[^.!?]*(?:[.!?]+(?!\s*\S)|[.!?]+(?=\s)|$)/g) || [text];
    let seen = 0;
    return (parts.find(part => (seen += part.length) >= upto.trim().length) || text).trim();
  };

  const claim = (editor, group, said) => {
    const words = sentence(editor);
    if (!words) return;
    for (let up = group.querySelector("details"); up; up = up.parentElement.closest("details")) up.open = true;
    const row = `key_points-${document.getElementById("id_key_points-TOTAL_FORMS").value}`;
    group.querySelector(".add-row a").click();
    const field = document.getElementById(`id_${row}-text`);
    if (!field) return;
    field.value = words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    document.getElementById(row).scrollIntoView({ block: "center" });
    document.getElementById(`id_${row}-label`).focus({ preventScroll: true });
    said.textContent = "";
    setTimeout(() => { said.textContent = said.dataset.done; });
  };

  /* The frame has a document of its own: it follows the admin's light and dark by its own mark. */
  const followTheme = editor => {
    const root = document.documentElement;
    const copy = () => {
      const inside = editor.document?.$.documentElement;
      if (inside) inside.dataset.theme = root.dataset.theme || "auto";
    };
    editor.on("contentDom", copy);
    new MutationObserver(copy).observe(root, { attributes: true, attributeFilter: ["data-theme"] });
  };

  /* Pictures on somebody's disk, or in the text itself, are dropped when it is saved. Left in what
     is pasted, each would be asked for several times over, and swell the form. */
  const ELSEWHERE = /<img\b[^>]*\bsrc\s*=\s*["']?(?:file|data|blob|webkit-fake-url):[^>]*>|<!--\[if gte vml 1\]>[\s\S]*?<!\[endif\]-->/gi;
  const dropPictures = event => {
    const without = text => (typeof text === "string" ? text.replace(ELSEWHERE, "") : text);
    const { data } = event;
    data.dataValue = without(data.dataValue);
    // The filter for Word reads the clipboard itself.
    const read = data.dataTransfer.getData;
    data.dataTransfer.getData = function getData(...asked) { return without(read.apply(this, asked)); };
  };

  const openers = new Map();
  const opener = dialog => {
    if (!openers.has(dialog)) openers.set(dialog, wire(dialog));
    return openers.get(dialog);
  };

  CKEDITOR.plugins.add("desk", {
    init(editor) {
      editor.on("paste", dropPictures, null, null, 1);
      const button = (name, label, exec) => {
        editor.addCommand(name, { exec, readOnly: 0 });
        editor.ui.addButton(name, { label, command: name, toolbar: "desk" });
      };
      const dialogs = {
        DeskCite: ["desk-cite", keys => `[${keys.map(key => `@${key}`).join("; ")}]`],
        DeskTables: ["desk-tables", keys => `[[forms:${keys[0]}]]`],
        DeskPicture: ["desk-pictures", keys => `[[picture:${keys[0]}]]`],
      };
      Object.entries(dialogs).forEach(([name, [id, text]]) => {
        const dialog = document.getElementById(id);
        // Tables and pictures stand only in the body of a text.
        if (!dialog || (id !== "desk-cite" && editor.name !== "id_body")) return;
        dialog.deskText = text;
        button(name, dialog.dataset.label, () => opener(dialog)(editor));
      });
      const group = document.getElementById("key_points-group");
      const said = document.getElementById("desk-claim");
      if (group && said && group.dataset.inlineFormset) button("DeskClaim", said.dataset.label, () => claim(editor, group, said));
      followTheme(editor);
    },
  });
}
