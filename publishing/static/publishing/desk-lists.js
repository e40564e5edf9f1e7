/* Names the search box, and fills in, a few at a time, how many problems each entry has; also of
   those that a filter could not place because nobody had counted them. */
"use strict";
{
  const ask = async (address, waiting) => {
    const answer = await fetch(`${address}?entries=${[...waiting.keys()].join(",")}`);
    if (!answer.ok) return;
    const { counts } = await answer.json();
    for (const [entry, words] of Object.entries(counts)) {
      waiting.get(entry)?.replaceWith(words);
      waiting.delete(entry);
    }
    if (waiting.size && Object.keys(counts).length) await ask(address, waiting);
  };

  /* The admin loads its scripts before the page is there. */
  document.addEventListener("DOMContentLoaded", () => {
    /* The box's label is a picture, which is not everywhere taken for a name. */
    const label = document.querySelector("label[for=searchbar] img");
    document.getElementById("searchbar")?.setAttribute("aria-label", label?.alt || "Search");

    const cells = [...document.querySelectorAll(".desk-uncounted")];
    const waiting = new Map(cells.map(cell => [cell.dataset.entry, cell]));
    /* What can't be counted now keeps its “…”. */
    if (cells.length) ask(cells[0].dataset.counts, waiting).catch(() => {});
    const counting = document.querySelector(".desk-counting");
    if (counting) {
      const unplaced = counting.dataset.entries.split(",").filter(entry => !waiting.has(entry));
      if (unplaced.length) ask(counting.dataset.counts, new Map(unplaced.map(entry => [entry, null]))).catch(() => {});
    }
  });
}
