/* Rows of a form that move: dragged by their handle, or by typing their number.
   The admin's own script numbers added rows by their order on the page and must find stored rows
   first, so rows go back into that order while it works. */
"use strict";
{
  const ROWS = ".inline-related:not(.tabular):not(.empty-form), tr.form-row:not(.empty-form)";
  const numberOf = row => row.querySelector('input[name$="-position"]');
  const groups = [...document.querySelectorAll(".inline-group")].filter(group => group.querySelector('input[name$="-position"]'));
  const rowsOf = group => [...group.querySelectorAll(ROWS)].filter(numberOf);
  const index = row => Number(row.id.match(/-(\d+)$/)?.[1] ?? 0);
  const place = row => Number(numberOf(row).value) || 1e6 + index(row);

  const arrange = (group, order) => {
    const rows = rowsOf(group);
    const sorted = [...rows].sort(order);
    if (!rows.length || sorted.every((row, i) => row === rows[i])) return;
    const focused = document.activeElement;
    const before = rows[rows.length - 1].nextSibling;
    sorted.forEach(row => before ? before.before(row) : rows[0].parentElement.append(row));
    if (group.contains(focused)) focused.focus({ preventScroll: true });
  };
  const byPlace = (a, b) => place(a) - place(b) || index(a) - index(b);
  const byIndex = (a, b) => index(a) - index(b);

  /* A row that was added and left empty keeps no number: it is no row yet. */
  const filled = row => row.classList.contains("has_original")
    || [...row.querySelectorAll("input:not([type=hidden]):not([type=checkbox]), textarea, select")].some(field =>
      field !== numberOf(row) && field.value && field.value !== (field.defaultValue ?? [...field.options].find(o => o.defaultSelected)?.value ?? field.options?.[0]?.value));
  const number = group => {
    let count = 0;
    rowsOf(group).forEach(row => {
      if (!filled(row)) return;
      const field = numberOf(row);
      count += 1;
      if (field.value === String(count)) return;
      field.value = String(count);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  };

  const addHandle = row => {
    if (row.querySelector(".desk-handle")) return;
    const handle = document.createElement("span");
    handle.className = "desk-handle";
    handle.textContent = "⠿";
    // The number field does the same by keyboard, so that a screen reader need not hear of this.
    handle.setAttribute("aria-hidden", "true");
    (row.querySelector("td.original") || row.querySelector("h3")).prepend(handle);
  };

  const drag = (group, row, start) => {
    row.classList.add("desk-moving");
    const move = event => {
      const over = document.elementFromPoint(event.clientX, event.clientY)?.closest(ROWS);
      if (event.clientY < 60) scrollBy(0, -20); else if (event.clientY > innerHeight - 60) scrollBy(0, 20);
      if (!over || over === row || over.parentElement !== row.parentElement || !numberOf(over)) return;
      const box = over.getBoundingClientRect();
      if (event.clientY < box.top + box.height / 2) over.before(row); else over.after(row);
    };
    const end = () => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", end);
      removeEventListener("pointercancel", end);
      row.classList.remove("desk-moving");
      number(group);
    };
    start.preventDefault();
    addEventListener("pointermove", move);
    addEventListener("pointerup", end);
    addEventListener("pointercancel", end);
  };

  groups.forEach(group => {
    rowsOf(group).forEach(addHandle);
    group.addEventListener("pointerdown", event => {
      const handle = event.target.closest(".desk-handle");
      if (handle && event.button === 0) drag(group, handle.closest(ROWS), event);
    });
    /* The typed number wins over the row that had it. */
    group.addEventListener("change", event => {
      const row = event.target.closest(ROWS);
      if (!row || event.target !== numberOf(row) || !event.target.value) return;
      const was = rowsOf(group).indexOf(row);
      arrange(group, (a, b) => {
        if (a === row || b === row) {
          const other = a === row ? b : a;
          const wanted = Number(event.target.value);
          const first = place(other) === wanted ? (wanted <= was + 1 ? -1 : 1) : wanted - place(other);
          return a === row ? first : -first;
        }
        return byPlace(a, b);
      });
      number(group);
    });
    /* Before the admin's own handlers, which sit on the links themselves. */
    group.addEventListener("click", event => {
      if (!event.target.closest(".inline-deletelink, .add-row a")) return;
      arrange(group, byIndex);
      setTimeout(() => { rowsOf(group).forEach(addHandle); arrange(group, byPlace); });
    }, true);
  });
}
