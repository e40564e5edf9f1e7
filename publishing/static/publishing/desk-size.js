/* A form that holds more than the server takes at once is not sent: the page says so, and the
   typing stays. Without this script the server's answer says the same. */
"use strict";
{
  const notice = document.getElementById("desk-too-much");
  const form = notice?.closest("form");
  const part = name => notice.querySelector(`[data-${name}]`);
  const encoder = new TextEncoder();
  /* A line's end is sent as two characters; a file is not counted among what is typed. */
  const weigh = ([name, value]) => typeof value === "string" ? encoder.encode(name + value.replace(/\r\n?|\n/g, "\r\n")).length + 2 : 0;
  const inMegabytes = bytes => (Math.ceil(bytes / 2 ** 20 * 10) / 10).toLocaleString(document.documentElement.lang || undefined);

  const labelOf = name => {
    const field = form.elements[name];
    return field?.labels?.[0]?.textContent.trim().replace(/:$/, "") || field?.ariaLabel || "";
  };

  const measure = () => {
    const entries = [...new FormData(form)];
    const weights = entries.map(weigh);
    const heaviest = entries[weights.indexOf(Math.max(...weights))]?.[0];
    return { bytes: weights.reduce((sum, each) => sum + each, 0), fields: entries.length, heaviest };
  };

  /* On the document, and so after the editors have given the form their texts. */
  if (form) document.addEventListener("submit", event => {
    if (event.target !== form || event.defaultPrevented) return;
    const { bytes, fields, heaviest } = measure();
    const large = bytes > Number(notice.dataset.bytes);
    const many = fields > Number(notice.dataset.fields);
    notice.hidden = !(large || many);
    if (notice.hidden) return;
    event.preventDefault();
    part("large").hidden = !large;
    part("holds").textContent = inMegabytes(bytes);
    part("most").textContent = inMegabytes(Number(notice.dataset.bytes));
    part("where").hidden = !large || !labelOf(heaviest);
    part("label").textContent = labelOf(heaviest);
    part("many").hidden = !many || large;
    part("count").textContent = fields;
    notice.focus();
  });
}
