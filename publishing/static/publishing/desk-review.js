/* Ticks and comments without leaving the passage. Without this script the same forms are sent
   and the page comes back to the same place. */
"use strict";
{
  const text = document.getElementById("text");
  const cookie = () => document.cookie.split("; ").find(each => each.startsWith("csrftoken="));

  const send = async (form, button) => {
    const data = new FormData(form);
    if (button && button.name) data.append(button.name, button.value);
    const headers = { "X-Desk": "passage" };
    // Somebody who signed in again on another tab has a new token; the form holds the old one.
    const token = cookie();
    if (token) headers["X-CSRFToken"] = token.slice("csrftoken=".length);
    if (token) data.delete("csrfmiddlewaretoken");
    const answer = await fetch(form.action, { method: "POST", body: data, headers, redirect: "manual" });
    return answer;
  };

  const showRead = (passage, read) => {
    const button = passage.querySelector(".review-read");
    button.setAttribute("aria-pressed", String(read));
    button.value = read ? "0" : "1";
    passage.classList.toggle("review-done", read);
  };

  const countUp = () => {
    const all = [...text.querySelectorAll(".review-passage[data-counts]")];
    const unread = all.filter(each => !each.classList.contains("review-done"));
    text.querySelector(".review-count").textContent = text.dataset.progress
      .replace("{read}", all.length - unread.length)
      .replace("{all}", all.length);
    const next = text.querySelector(".review-next");
    next.href = `#${unread.length ? unread[0].id : "decide"}`;
    next.textContent = unread.length ? next.dataset.unread : next.dataset.done;
  };

  const ticked = (form, button) => {
    const read = button.value === "1";
    const digests = new FormData(form).getAll("passage");
    text.querySelectorAll('[data-review="tick"] [name="passage"]').forEach(field => {
      if (digests.includes(field.value)) showRead(field.closest(".review-passage"), read);
    });
    countUp();
  };

  const threadOf = form => form.closest(".review-passage")?.querySelector(".review-thread");

  const answered = async (form, button, answer) => {
    if (form.dataset.review === "tick" || form.dataset.review === "all") {
      ticked(form, button);
      return;
    }
    const passage = form.closest(".review-passage");
    threadOf(form).innerHTML = await answer.text();
    if (form.dataset.review === "comment") {
      form.reset();
      form.closest("details").open = false;
    }
    passage.querySelector(".review-comment > summary").focus();
  };

  document.addEventListener("submit", async event => {
    const form = event.target.closest("form[data-review]");
    if (!form || !text || !text.contains(form)) return;
    const kind = form.dataset.review;
    if (kind === "resolve" && !threadOf(form)) return;
    event.preventDefault();
    const button = event.submitter;
    const failed = form.querySelector(".review-failed");
    if (failed) failed.hidden = true;
    if (button) button.disabled = true;
    let answer = null;
    try {
      answer = await send(form, button);
    } catch {
      answer = null;
    }
    if (button) button.disabled = false;
    if (answer && answer.ok) {
      await answered(form, button, answer);
    } else if (failed && !(answer && answer.status === 409)) {
      failed.hidden = false;
    } else {
      // A refusal has a page of its own, with what was typed; so has a tick that was not kept.
      if (button && button.name) {
        const pressed = document.createElement("input");
        pressed.type = "hidden";
        pressed.name = button.name;
        pressed.value = button.value;
        form.append(pressed);
      }
      form.submit();
    }
  });

  // What did not change is folded. Browsers unfold what a link leads to; older ones do it here.
  const unfold = () => {
    const target = document.getElementById(location.hash.slice(1));
    let folded = target && target.closest("details:not([open])");
    if (!folded) return;
    for (; folded; folded = folded.parentElement.closest("details:not([open])")) folded.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  unfold();
}
