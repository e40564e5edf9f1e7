/* Where a list's row is a block on a narrow screen, each cell says which column it was. Boxes
   are ticked by their whole cell. */
"use strict";
{
  /* The same for the rows of a form; the row that new ones are copied from is among them. */
  document.querySelectorAll(".inline-group .tabular table").forEach(rows => {
    const heads = [...rows.tHead.rows[0].cells];
    const nameOf = cell => heads.find(head => [...cell.classList].some(name => name.startsWith("field-") && head.classList.contains(name.replace("field-", "column-"))))
      || (cell.matches(".delete") ? heads.at(-1) : null);
    rows.querySelectorAll("tbody td").forEach(cell => {
      const head = nameOf(cell);
      if (head) cell.dataset.label = head.textContent.trim();
    });
  });

  const table = document.getElementById("result_list");
  const names = [...(table?.tHead.rows[0].cells || [])].map(cell => cell.querySelector(".text")?.textContent.trim() || "");
  for (const row of table?.tBodies[0].rows || []) {
    [...row.cells].forEach((cell, column) => {
      /* A finger meets the cell more surely than the box in it. */
      if (cell.matches(".action-checkbox")) {
        cell.addEventListener("click", event => { if (event.target === cell) cell.querySelector("input").click(); });
      }
      if (cell.matches("td") && names[column] && cell.textContent.trim()) cell.dataset.label = names[column];
    });
  }
}
