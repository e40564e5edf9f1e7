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

// A citation or an explained word shows the very item that it leads to, beside it. One may be
// opened from inside another, so each knows its own link.
const openers = new WeakMap();
const left = new WeakSet(); // those that had the focus inside when they closed

const settle = (item) => {
  item.querySelector(".quiet").remove();
  item.removeAttribute("popover");
  item.removeAttribute("tabindex");
  item.parentElement.style.minBlockSize = "";
  // Unless another was opened meanwhile, by a link that takes no focus.
  const elsewhere = document.activeElement.closest("[popover]");
  if (left.delete(item) && !elsewhere) openers.get(item).focus({ preventScroll: true });
};

const show = (item, link) => {
  const list = item.parentElement;
  // The list keeps its height while the item is out of it.
  list.style.minBlockSize = `${list.offsetHeight}px`;
  item.popover = "auto";
  item.tabIndex = -1;
  item.append(quietButton(list.parentElement.dataset.close, () => item.hidePopover()));
  openers.set(item, link);
  left.delete(item);
  item.showPopover({ source: link });
  item.focus({ preventScroll: true });
};

// What a link inside it leads to is not covered, and gets the focus.
const leave = (link) => {
  const item = link.closest("[popover]");
  item?.hidePopover();
  left.delete(item);
};

// Whether an element is in an item, or in one that was opened from there.
const holds = (item, element) => {
  let at = element;
  while (at && !item.contains(at)) at = openers.get(at.closest("[popover]"));
  return Boolean(at);
};

// Where the focus goes on to is not covered either.
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const item = target.closest("[popover]");
  if (item && relatedTarget && !holds(item, relatedTarget)) item.hidePopover();
});

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
  const again = item.popover && link === openers.get(item);
  if (again && item.matches(":popover-open")) item.hidePopover();
  if (again) return;
  if (item.popover) settle(item);
  show(item, link);
});

document.addEventListener("beforetoggle", ({ target, newState }) => {
  const inside = newState === "closed" && target.popover && target.contains(document.activeElement);
  if (inside) left.add(target);
}, true);

// Told late: another citation of the same source may have opened it again by then.
document.addEventListener("toggle", ({ target, newState }) => {
  if (newState === "closed" && target.popover && !target.matches(":popover-open")) settle(target);
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

// What a download holds can be copied too.
const downloads = document.querySelector("[data-copied]");
if (downloads && navigator.clipboard) {
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  for (const link of downloads.querySelectorAll("a")) {
    downloads.append(quietButton(link.dataset.copy, async () => {
      said.textContent = "";
      try {
        const answer = await fetch(link.href);
        if (!answer.ok) throw new Error(answer.statusText);
        await navigator.clipboard.writeText(await answer.text());
        said.textContent = downloads.dataset.copied;
      } catch {
        said.textContent = downloads.dataset.failed;
      }
    }), " ");
  }
  downloads.append(said);
}
