/* Names what Django's admin draws without a name: search boxes, and the cells of tabular rows. */
"use strict";
{
  const $ = django.jQuery;
  let made = 0;

  const words = element => element.textContent.trim().replace(/\s+/g, " ").replace(/[:?]$/, "");
  const idOf = element => (element.id ||= `desk-name-${(made += 1)}`);

  /* The element whose words name a field: its label, else the head of its column. */
  const namer = field => {
    const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
    const cell = field.closest(".tabular td");
    if (label || !cell) return label;
    const heads = cell.closest("table").tHead;
    const column = [...cell.classList].find(name => name.startsWith("field-"));
    return column
      ? heads.querySelector(`.${CSS.escape(column.replace("field-", "column-"))}`)
      : heads.querySelector("th:last-child");
  };

  const nameCell = field => {
    const head = namer(field);
    const row = field.closest("tr");
    if (!head || !row || !field.labels || field.labels.length) return;
    const rows = [...row.parentElement.querySelectorAll("tr.form-row:not(.empty-form)")];
    field.setAttribute("aria-label", `${words(head)}, ${rows.indexOf(row) + 1}`);
  };

  const nameSearchBox = select => {
    const drawn = select.nextElementSibling;
    const name = namer(select);
    if (!name || !drawn || !drawn.matches(".select2")) return;
    const box = drawn.querySelector(".select2-selection");
    const chosen = drawn.querySelector(".select2-selection__rendered");
    const field = drawn.querySelector(".select2-search__field");
    if (select.multiple) {
      box.setAttribute("aria-labelledby", idOf(name));
      if (field) field.setAttribute("aria-label", words(name));
    } else {
      chosen.setAttribute("aria-labelledby", idOf(name));
      box.setAttribute("aria-labelledby", `${idOf(name)} ${idOf(chosen)}`);
    }
  };

  /* A date and a time stand in two boxes, each after a word of its own, under one heading. */
  const namePart = field => {
    const before = field.previousSibling?.textContent || field.closest("p").firstChild.textContent;
    const row = field.closest(".form-row, td");
    const whole = row?.querySelector("legend, label");
    if (!field.labels.length) field.setAttribute("aria-label", [whole && words(whole), before.trim().replace(/:$/, "")].filter(Boolean).join(", "));
  };

  const nameAll = root => {
    root.querySelectorAll(".tabular .form-row td :is(input, select, textarea)").forEach(nameCell);
    root.querySelectorAll("select.admin-autocomplete").forEach(nameSearchBox);
  };

  /* “Clear all” is no list item, yet stands in the list of what was chosen; each has its own “×”. */
  document.querySelectorAll("select.admin-autocomplete[multiple]").forEach(select => {
    select.dataset.allowClear = "false";
  });
  /* Both after the admin's own, which draw the boxes. */
  $(() => nameAll(document));
  /* The sign beside a search box is a picture with a name. */
  addEventListener("load", () => setTimeout(() => {
    document.querySelectorAll(".selector .help-tooltip[aria-label]").forEach(sign => { sign.setAttribute("role", "img"); });
    document.querySelectorAll("p.datetime input").forEach(namePart);
  }));
  document.addEventListener("formset:added", event => nameAll(event.target.parentElement));
  /* The box that opens has a field of its own; a list of many is drawn anew at each choice. */
  $(document).on("select2:open", event => {
    const name = namer(event.target);
    document.querySelectorAll(".select2-container--open .select2-search__field").forEach(field => {
      if (name) field.setAttribute("aria-label", words(name));
    });
  });
  $(document).on("change", "select.admin-autocomplete[multiple]", event => nameSearchBox(event.target));
}
