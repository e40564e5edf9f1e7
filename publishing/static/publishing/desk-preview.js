/* Shows the page of what is typed beside the form. Nothing is saved by it. */
"use strict";
{
  const opener = document.querySelector("[data-preview]");
  const shell = document.getElementById("desk-preview-pane");
  const form = opener && opener.form;
  const KEPT = "desk-preview";
  const AFTER_TYPING = 1200;
  const ROOM = matchMedia("(min-width: 1100px)");

  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem(KEPT)) || {};
    } catch {
      return {};
    }
  };
  const keep = values => {
    try {
      localStorage.setItem(KEPT, JSON.stringify({ ...kept(), ...values }));
    } catch {
      /* A browser that keeps nothing shows the preview all the same. */
    }
  };

  const typed = () => {
    if (typeof CKEDITOR !== "undefined") {
      Object.values(CKEDITOR.instances).forEach(editor => {
        if (editor.status === "ready") editor.updateElement();
      });
    }
    return [...new FormData(form)].filter(([, value]) => typeof value === "string");
  };

  let pane = null;
  let frame = null;
  let coming = null;
  let asked = "";
  let timer = 0;
  let made = 0;

  const part = selector => pane.querySelector(selector);
  const say = text => {
    part(".desk-preview-state").textContent = text;
  };
  const width = () => Number(part("[name=desk-preview-width]:checked").value);

  const fit = target => {
    const stage = part(".desk-preview-stage");
    if (!target || !stage.clientWidth) return;
    const scale = Math.min(1, stage.clientWidth / width());
    target.style.width = `${width()}px`;
    target.style.height = `${stage.clientHeight / scale}px`;
    target.style.transform = `scale(${scale})`;
    target.style.left = `${Math.max(0, (stage.clientWidth - width() * scale) / 2)}px`;
  };

  /* The document in a frame; null where it is not one of ours, such as the page to sign in. */
  const inside = target => {
    try {
      const found = target.contentDocument;
      return found && found.getElementById("main") ? found : null;
    } catch {
      return null;
    }
  };

  const show = target => {
    const shown = inside(target);
    if (target !== coming) return target.remove();
    coming = null;
    if (!shown) {
      target.remove();
      asked = "";
      return say(pane.dataset.failed);
    }
    /* Links would lead out of the frame's page; those within it may be followed. */
    shown.querySelectorAll("a[href]:not([href^='#'])").forEach(link => {
      link.target = "_blank";
      link.rel = "noopener";
    });
    const place = frame && inside(frame) ? frame.contentWindow.scrollY : 0;
    target.contentWindow.scrollTo(0, place);
    target.classList.remove("desk-preview-coming");
    if (frame) frame.remove();
    frame = target;
    say(pane.dataset.made.replace("%s", deskClock(Date.now())));
    return later();
  };

  /* A new frame each time: loading into an old one would make the Back button go through them. */
  const refresh = always => {
    clearTimeout(timer);
    if (!pane || pane.hidden || (coming && !always)) return;
    const values = typed();
    const wanted = JSON.stringify(values);
    if (wanted === asked && !always) return;
    asked = wanted;
    if (coming) coming.remove();
    const target = document.createElement("iframe");
    target.name = `desk-preview-${(made += 1)}`;
    target.title = pane.getAttribute("aria-label");
    target.className = "desk-preview-coming";
    target.setAttribute("sandbox", "allow-same-origin allow-popups allow-popups-to-escape-sandbox");
    coming = target;
    part(".desk-preview-stage").append(target);
    fit(target);
    const copy = document.createElement("form");
    copy.method = "post";
    copy.action = opener.dataset.preview;
    copy.target = target.name;
    copy.hidden = true;
    values.forEach(([name, value]) => {
      const field = document.createElement("textarea");
      field.name = name;
      field.value = value;
      copy.append(field);
    });
    document.body.append(copy);
    say(pane.dataset.making);
    /* The empty page that a frame begins with says “load” too. */
    target.addEventListener("load", () => {
      if (target.contentDocument && target.contentDocument.URL === "about:blank") return;
      show(target);
    });
    copy.submit();
    copy.remove();
  };

  const later = () => {
    clearTimeout(timer);
    if (pane && !pane.hidden) timer = setTimeout(refresh, AFTER_TYPING);
  };

  const cover = () => {
    /* Without room beside it the pane covers the form, which must not take the focus then. */
    document.getElementById("container").inert = Boolean(pane) && !pane.hidden && !ROOM.matches;
  };

  const close = () => {
    pane.hidden = true;
    pane.style.display = "none";
    document.body.classList.remove("desk-previewing");
    clearTimeout(timer);
    cover();
    keep({ open: false });
    opener.focus();
  };

  const build = () => {
    pane = shell.content.firstElementChild.cloneNode(true);
    document.body.append(pane);
    const chosen = part(`[name=desk-preview-width][value="${Number(kept().width) || 360}"]`);
    if (chosen) chosen.checked = true;
    part("[data-refresh]").addEventListener("click", () => refresh(true));
    part("[data-close]").addEventListener("click", close);
    part("[data-new-tab]").addEventListener("click", typed);
    pane.addEventListener("change", () => {
      keep({ width: width() });
      fit(frame);
      fit(coming);
    });
    pane.addEventListener("keydown", event => {
      if (event.key === "Escape") close();
    });
    new ResizeObserver(() => {
      fit(frame);
      fit(coming);
    }).observe(part(".desk-preview-stage"));
  };

  const open = () => {
    if (!pane) build();
    pane.hidden = false;
    pane.style.display = "";
    document.body.classList.add("desk-previewing");
    cover();
    keep({ open: true });
    refresh(true);
  };

  if (form && shell) {
    opener.addEventListener("click", event => {
      event.preventDefault();
      open();
      part("[name=desk-preview-width]:checked").focus();
    });
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    document.addEventListener("formset:added", later);
    document.addEventListener("formset:removed", later);
    ROOM.addEventListener("change", cover);
    addEventListener("load", () => {
      if (typeof CKEDITOR !== "undefined") {
        Object.values(CKEDITOR.instances).forEach(editor => editor.on("change", later));
        CKEDITOR.on("instanceReady", ({ editor }) => editor.on("change", later));
      }
      if (kept().open && ROOM.matches) open();
    });
  }
}
