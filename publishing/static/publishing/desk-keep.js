/* The browser keeps unsaved typing, for one person and one address, until it is saved or thrown
   away, and offers it back after a crash or a lapsed session. Each opening of the page keeps a copy
   of its own: two tabs, or an offer that nobody has answered yet, never write over each other. */
"use strict";
{
  const mark = document.getElementById("desk-typing");
  const form = mark && mark.form;
  const MONTH = 30 * 24 * 3600 * 1000;
  const offer = document.getElementById("desk-kept");
  const KEYS = mark && `desk-typing:${mark.dataset.person}:`;
  const PLACE = `:${location.pathname}`;
  const keyOf = copy => `${KEYS}${copy}${PLACE}`;
  const groupOf = name => name.match(/^(.+)-(\d+)-([^-]+)$/);
  const editors = () => (typeof CKEDITOR === "undefined" ? {} : CKEDITOR.instances);

  const read = name => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } };
  const forget = name => { try { localStorage.removeItem(name); } catch { /* nothing was kept */ } };

  const stored = () => {
    try { return Object.keys(localStorage).filter(name => name.startsWith("desk-typing:")); } catch { return []; }
  };
  /* What a save answered with by name was saved; what is older than a month is of no use. */
  const tidy = () => {
    const saved = document.cookie.match(new RegExp(`(?:^|; )${mark.dataset.saved}=([0-9a-f-]+)`))?.[1];
    stored().forEach(name => {
      const kept = read(name);
      if (!kept || (saved && kept.name === saved) || Date.now() - kept.at > MONTH) forget(name);
    });
  };

  const skipped = field => !field.name || field.type === "hidden" || field.type === "password"
    || field.type === "file" || field.type === "submit" || field.name.includes("__prefix__");
  const valueOf = field => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked;
    if (field.matches("select")) return [...field.selectedOptions].map(option => [option.value, option.text]);
    const editor = editors()[field.id];
    return editor && editor.status === "ready" ? editor.getData() : field.value;
  };
  const fields = () => [...form.elements].filter(field => !skipped(field));
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const rowId = name => {
    const part = groupOf(name);
    return part ? form.elements[`${part[1]}-${part[2]}-id`]?.value || "" : "";
  };

  const began = new Map();
  const isRich = field => field.dataset.type === "ckeditortype";
  const begin = rich => fields().forEach(field => {
    if (isRich(field) === rich && !began.has(field.name)) began.set(field.name, valueOf(field));
  });
  const typed = () => {
    const found = {};
    fields().forEach(field => {
      const value = valueOf(field);
      const known = began.has(field.name);
      const empty = value === "" || value === false || same(value, []) || same(value, [["", ""]]) || same(value, [["", "---------"]]);
      if (known ? !same(value, began.get(field.name)) : !empty) found[field.name] = { value, row: rowId(field.name) };
    });
    return found;
  };

  const fresh = () => crypto.randomUUID?.() || `${Date.now().toString(16)}-${Math.random().toString(16).slice(2, 14)}`;
  let waiting = 0;
  let name = "";
  /* What was typed before a save was refused: it stands in the form, which began with it. */
  let carried = {};
  /* Copies that were put back: they are in the form, and go once the form is kept. */
  let restored = [];
  /* The mark names the copy only while there is one of what is typed: the server shows the rest again. */
  const keep = sent => {
    clearTimeout(waiting);
    const found = { ...carried, ...typed() };
    const none = !Object.keys(found).length;
    if (none && mark.hasAttribute("data-refused")) return;
    mark.value = "";
    if (none) return forget(keyOf(name));
    try {
      localStorage.setItem(keyOf(name), JSON.stringify({
        name, at: Date.now(), base: form.elements.base?.value || "", sent: sent === true, typed: found,
      }));
      mark.value = name;
      restored.splice(0).forEach(forget);
      document.getElementById("desk-not-kept").hidden = true;
    } catch {
      document.getElementById("desk-not-kept").hidden = false;
    }
  };
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(keep, 500); };

  const setValue = (field, value) => {
    const editor = editors()[field.id];
    if (editor) return editor.setData(value);
    if (field.type === "checkbox" || field.type === "radio") field.checked = value;
    else if (field.matches("select")) {
      [...field.options].forEach(option => { option.selected = false; });
      value.forEach(([key, text]) => {
        const option = [...field.options].find(each => each.value === key) || field.appendChild(new Option(text, key));
        option.selected = true;
      });
    } else field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    if (field.matches("select.admin-autocomplete")) django.jQuery(field).trigger("change");
    else field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  /* The row that has this id by now, or a new one for what was typed into a new row. */
  const rowFor = (made, prefix, number, id) => {
    const there = id && [...form.elements].find(field => field.value === id && field.name.startsWith(`${prefix}-`) && field.name.endsWith("-id"));
    if (there) return groupOf(there.name)[2];
    const old = `${prefix}-${number}`;
    if (!made.has(old)) {
      made.set(old, form.elements[`${prefix}-TOTAL_FORMS`]?.value);
      document.querySelector(`#${CSS.escape(prefix)}-group .add-row a`)?.click();
    }
    return made.get(old);
  };

  const restore = kept => {
    const made = new Map();
    const numbers = [];
    Object.entries(kept.typed).forEach(([name, { value, row }]) => {
      const part = groupOf(name);
      const found = part ? `${part[1]}-${rowFor(made, part[1], part[2], row)}-${part[3]}` : name;
      const field = form.elements[found];
      if (!field) return;
      // Numbers last and without moving anything: each would number the other rows anew.
      if (part && part[3] === "position") numbers.push([field, value]); else setValue(field, value);
    });
    numbers.forEach(([field, value]) => { field.value = value; });
    // A save over a version that came in between is then refused, with both texts shown.
    if (kept.base && form.elements.base) form.elements.base.value = kept.base;
  };

  /* What was typed since would be gone under what is put back: it becomes a copy to be offered. */
  const setAside = kept => {
    const mine = typed();
    const clash = Object.keys(mine).some(field => field in kept.typed && !same(mine[field].value, kept.typed[field].value));
    if (!clash) return;
    keep();
    const aside = read(keyOf(name));
    name = fresh();
    if (aside) show(aside);
  };

  const answer = (how, kept, copy) => {
    if (how === "restore") {
      setAside(kept);
      restore(kept);
      restored.push(keyOf(kept.name));
      // Not at once: the editors take a moment to hold what they are given.
      soon();
    } else forget(keyOf(kept.name));
    copy.remove();
    offer.hidden = !offer.querySelector(".desk-copy");
    const done = document.getElementById("desk-kept-done");
    done.textContent = how === "restore" ? done.dataset.restored : done.dataset.discarded;
    (offer.hidden ? form.querySelector("input:not([type=hidden]), textarea") || form : offer).focus();
  };

  const show = kept => {
    const copy = offer.querySelector("template").content.firstElementChild.cloneNode(true);
    const when = deskMoment(kept.at);
    copy.querySelector("time").textContent = when;
    copy.setAttribute("aria-label", when);
    copy.querySelector('[data-when="crash"]').hidden = kept.sent;
    copy.querySelector('[data-when="sent"]').hidden = !kept.sent;
    copy.querySelector('[data-when="older"]').hidden = !kept.base || kept.base === form.elements.base?.value;
    copy.addEventListener("click", event => {
      const button = event.target.closest("button[data-do]");
      if (button) answer(button.dataset.do, kept, copy);
    });
    offer.append(copy);
    offer.hidden = false;
  };

  const differs = kept => Object.entries(kept.typed).some(([name, { value }]) => {
    const field = form.elements[name];
    return !field || !same(valueOf(field), value);
  });

  const start = () => {
    tidy();
    // The page after a refused save holds what was typed: it takes the copy over.
    const taken = mark.dataset.refused ? read(keyOf(mark.dataset.refused)) : null;
    mark.value = taken ? taken.name : "";
    name = mark.value || fresh();
    carried = taken ? taken.typed : {};
    begin(true);
    stored().filter(key => key.startsWith(KEYS) && key.endsWith(PLACE) && key !== keyOf(name)).map(read)
      .sort((a, b) => b.at - a.at)
      .forEach(kept => { if (differs(kept)) show(kept); else forget(keyOf(kept.name)); });
    if (!offer.hidden) offer.focus();
    form.addEventListener("input", soon);
    django.jQuery(form).on("change", soon);
    form.addEventListener("submit", () => keep(true));
    addEventListener("pagehide", () => keep(read(keyOf(name))?.sent));
    Object.values(editors()).forEach(editor => editor.on("change", soon));
    // Whoever was quick has typed before the editors were there.
    soon();
  };

  /* Editors lay their text out as they start: what counts as untouched is known only then. */
  const whenReady = () => {
    const open = Object.values(editors()).filter(editor => editor.status !== "ready");
    const expected = document.querySelectorAll("textarea[data-type=ckeditortype]:not([id*=__prefix__])").length;
    if (open.length || Object.keys(editors()).length < expected) setTimeout(whenReady, 60); else start();
  };
  if (form) {
    begin(false);
    addEventListener("load", whenReady);
  }
}
