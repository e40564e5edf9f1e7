// What a page does besides being read; all of it works without this script.

const find = (hash) => {
  try {
    return document.getElementById(decodeURIComponent(hash.slice(1)));
  } catch {
    return null; // an address that somebody mistyped
  }
};

const quietButton = (words, press) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = words;
  button.addEventListener("click", press);
  return button;
};

// A citation or an explained word shows the very item that it leads to, beside it.
let opener = null;
let wasInside = false;

const settle = (item) => {
  item.querySelector(".quiet").remove();
  item.removeAttribute("popover");
  item.removeAttribute("tabindex");
  item.parentElement.style.minBlockSize = "";
  if (wasInside) opener.focus({ preventScroll: true });
};

const show = (item, link) => {
  const list = item.parentElement;
  // The list keeps its height while the item is out of it.
  list.style.minBlockSize = `${list.offsetHeight}px`;
  item.popover = "auto";
  item.tabIndex = -1;
  item.append(quietButton(list.parentElement.dataset.close, () => item.hidePopover()));
  opener = link;
  item.showPopover({ source: link });
  item.focus({ preventScroll: true });
};

// What a link inside it leads to is not covered, and gets the focus.
const leave = (link) => {
  link.closest("[popover]")?.hidePopover();
  wasInside = false;
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!link.matches(".citation, .term")) {
    leave(link);
    return;
  }
  const item = find(link.hash);
  if (!item?.showPopover) return;
  event.preventDefault();
  // A press outside has closed it by now; the same link again means just that.
  const again = item.popover && link === opener;
  if (again && item.matches(":popover-open")) item.hidePopover();
  if (again) return;
  if (item.popover) settle(item);
  show(item, link);
});

document.addEventListener("beforetoggle", ({ target, newState }) => {
  if (newState === "closed" && target.popover) wasInside = target.contains(document.activeElement);
}, true);

document.addEventListener("toggle", ({ target, newState }) => {
  if (newState === "closed" && target.popover) settle(target);
}, true);

// A question opens when a link leads to it, or to something inside it.
const reveal = () => {
  const found = find(location.hash);
  const folded = found?.closest("details:not([open])");
  if (!folded) return;
  folded.open = true;
  found.scrollIntoView();
};
addEventListener("hashchange", reveal);
reveal();

// For browsers whose style sheets can't unfold what is printed.
let unfolded = [];
addEventListener("beforeprint", () => {
  document.querySelector("li:popover-open")?.hidePopover();
  unfolded = [...document.querySelectorAll("main details:not([open])")];
  for (const each of unfolded) each.open = true;
});
addEventListener("afterprint", () => {
  for (const each of unfolded) each.open = false;
});

// A phone lays a table out in blocks, and some browsers then forget what it is. The server can't
// say it: HTML forbids these roles in a table.
const roles = {
  table: ".stack", rowgroup: "thead, tbody", row: "tr", columnheader: "thead th",
  rowheader: "tbody th", cell: "td",
};
for (const [role, parts] of Object.entries(roles)) {
  for (const part of document.querySelectorAll(`.stack:is(${parts}), .stack :is(${parts})`)) {
    part.setAttribute("role", role);
  }
}

// “In this article” marks the section that is being read.
const contents = document.querySelector(".contents");
const sections = new Map();
for (const link of contents?.querySelectorAll("a") ?? []) {
  const heading = find(link.hash);
  if (heading) sections.set(heading, link);
}
const mark = () => {
  let current = null;
  for (const [heading, link] of sections) {
    link.removeAttribute("aria-current");
    if (heading.getBoundingClientRect().top < innerHeight * 0.3) current = link;
  }
  if (!current) return;
  current.setAttribute("aria-current", "location");
  contents.scrollTop = current.offsetTop - contents.clientHeight / 2;
};
const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -70% 0px" });
for (const heading of sections.keys()) observer.observe(heading);

// “Copy all” takes what the first download holds.
const downloads = document.querySelector("[data-copy]");
if (downloads && navigator.clipboard) {
  const button = quietButton(downloads.dataset.copy, async () => {
    const answer = await fetch(downloads.querySelector("a").href);
    if (!answer.ok) return;
    await navigator.clipboard.writeText(await answer.text());
    button.textContent = downloads.dataset.copied;
  });
  downloads.append(button);
}
