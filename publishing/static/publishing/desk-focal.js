/* The focal point of a picture, chosen by a click on it. The two number fields do the same. */
"use strict";
{
  const start = image => {
    const row = image.closest(".inline-related");
    const fields = ["focal_x", "focal_y"].map(name => row.querySelector(`input[name$="-${name}"]`));
    if (fields.includes(null)) return;
    const frame = Object.assign(document.createElement("span"), { className: "desk-focal" });
    const mark = Object.assign(document.createElement("span"), { className: "desk-focal-mark" });
    image.replaceWith(frame);
    frame.append(image, mark);
    const show = () => {
      const [x, y] = fields.map(field => Math.min(100, Math.max(0, Number(field.value) || 0)));
      mark.style.left = `${x}%`;
      mark.style.top = `${y}%`;
    };
    frame.addEventListener("click", event => {
      const box = image.getBoundingClientRect();
      const at = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
      fields.forEach((field, i) => {
        field.value = String(Math.min(100, Math.max(0, Math.round(at[i] * 100))));
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.dispatchEvent(new Event("change", { bubbles: true }));
      });
    });
    fields.forEach(field => field.addEventListener("input", show));
    show();
  };
  addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("#pictures-group img.desk-picture").forEach(start);
  });
}
