/* Says at the sign-in, only where it is so, that unsaved typing of the page asked for is kept. */
"use strict";
{
  const note = document.getElementById("desk-lapsed");
  const next = document.querySelector("#login-form input[name=next]")?.value;
  const newest = path => {
    const kept = Object.keys(localStorage).filter(name => name.startsWith("desk-typing:") && name.endsWith(`:${path}`)).map(name => JSON.parse(localStorage.getItem(name)));
    return Math.max(0, ...kept.map(each => each?.at || 0));
  };
  try {
    const at = next ? newest(new URL(next, location.href).pathname) : 0;
    if (at) {
      note.querySelector("time").textContent = deskMoment(at);
      note.hidden = false;
    }
  } catch { /* Nothing can be read, so nothing is promised. */ }
}
