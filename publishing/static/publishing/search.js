// Suggestions in a search form while somebody types: an ARIA combobox with a list of titles, each with its kind.
// Without this, or without an answer, it is the plain form.
(() => {
  const form = document.querySelector("form.find");
  const input = form?.elements.q;
  if (!input) return;
  const set = (element, values) => {
    for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
    return element;
  };
  const label = form.dataset.label;
  const list = set(document.createElement("ul"), { id: "find-list", role: "listbox", "aria-label": label });
  const said = set(document.createElement("p"), { class: "unseen", role: "status" });
  let asking, waiting;
  let at = -1;

  const choose = (place) => {
    at = place;
    [...list.children].forEach((option, own) => set(option, { "aria-selected": own === at }));
    set(input, { "aria-activedescendant": list.children[at]?.id ?? "" });
    list.children[at]?.scrollIntoView({ block: "nearest" });
  };
  const show = (found) => {
    list.replaceChildren(...found.map(({ title, kind, path }, place) => {
      const option = set(document.createElement("li"), { id: `find-${place}`, role: "option", "data-path": path });
      const what = set(document.createElement("span"), { class: "why" });
      what.textContent = kind;
      option.append(title, " ", what);
      return option;
    }));
    list.hidden = !found.length;
    set(input, { "aria-expanded": !list.hidden });
    said.textContent = found.length ? `${label}: ${found.length}` : "";
    choose(-1);
  };
  const close = () => {
    clearTimeout(waiting);
    asking?.abort();
    show([]);
  };
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const address = `${form.dataset.suggest}?q=${encodeURIComponent(input.value)}`;
    try {
      show((await (await fetch(address, { signal: asking.signal })).json()).suggestions);
    } catch { /* aborted, or nothing to suggest */ }
  };
  const go = (option) => { location.href = option.dataset.path; };

  input.after(list, said);
  set(input, { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id });
  show([]);
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    if (input.value.trim().length > 1) waiting = setTimeout(ask, 150);
    else close();
  });
  input.addEventListener("keydown", (event) => {
    // One place more than there are titles: that of what was typed.
    const places = list.children.length + 1;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (places === 1) return;
    if (step) choose((at + 1 + step + places) % places - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && at >= 0) go(list.children[at]);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  // The press itself would take the focus, and the list, away.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => go(event.target.closest("[role=option]")));
})();
