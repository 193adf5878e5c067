// What a page can do besides: cover itself, cover an opened identity when its time is over, show which tab is the
// current one, rest a form's buttons once it is sent, ask before a page is left whose form was filled in and not sent,
// and open places by keys.
// Everything works without this file; the server covers an identity by a Refresh header as well, and takes a form once.
(() => {
  "use strict";

  const cover = document.getElementById("che-man");
  const title = document.title;

  function coverScreen() {
    document.querySelectorAll("details[open].more").forEach((sheet) => { sheet.open = false; });
    document.title = "Bến An";
    cover.showModal();
  }

  // An opened identity: <section data-countdown="300">…<span data-left></span>
  // <button data-cover-now hidden>…<template>what stands there afterwards</template></section>
  function startCountdown(section) {
    const ends = Date.now() + Number(section.dataset.countdown) * 1000;
    const left = section.querySelector("[data-left]");
    const button = section.querySelector("[data-cover-now]");
    const after = section.querySelector("template");

    function close() {
      clearInterval(ticking);
      section.removeAttribute("data-countdown");
      section.classList.remove("open");
      section.replaceChildren(after ? after.content.cloneNode(true) : "");
      document.querySelectorAll("[data-identity]").forEach((words) => words.remove());
    }
    function tick() {
      const seconds = Math.max(0, Math.round((ends - Date.now()) / 1000));
      if (left) left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      if (seconds === 0 || !section.isConnected) close();
    }
    const ticking = setInterval(tick, 1000);
    tick();
    if (button) {
      button.hidden = false;
      button.addEventListener("click", close);
    }
    addEventListener("pagehide", close, { once: true });
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-cover]") && cover) coverScreen();
    document.querySelectorAll("details[open].more").forEach((sheet) => {
      if (!sheet.contains(event.target)) sheet.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details[open].more").forEach((sheet) => {
      sheet.open = false;
      sheet.querySelector("summary").focus();
    });
  });
  // Buttons of a form that was sent, until another page comes; they wake where none does (a file, a page gone back to).
  const resting = new Set();
  function wake() {
    resting.forEach((button) => { button.disabled = false; });
    resting.clear();
  }
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    const buttons = event.target.querySelectorAll("button:not([type=button]):not(:disabled)");
    // After the browser has read the form: a disabled button is not sent.
    setTimeout(() => buttons.forEach((button) => { button.disabled = true; resting.add(button); }));
    setTimeout(wake, 10000);
  });
  addEventListener("pageshow", wake);

  // Forms that were filled in and not sent. One that came back to be corrected is filled in as well.
  const guarded = ".frame main form[method=post]:not([data-unguarded])";
  const sent = new WeakSet();
  function isFilledIn(form) {
    if (sent.has(form)) return false;
    return Boolean(form.querySelector(".form-errors")) || [...form.elements].some((field) => {
      if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
      if (field.tagName === "SELECT") {
        return field.selectedOptions[0] !== ([...field.options].find((each) => each.defaultSelected) ?? field.options[0]);
      }
      return ["INPUT", "TEXTAREA"].includes(field.tagName) && field.type !== "hidden" && field.value !== field.defaultValue;
    });
  }
  function askBeforeLeaving(event) {
    if ([...document.querySelectorAll(guarded)].some(isFilledIn)) event.preventDefault();
  }
  document.addEventListener("submit", (event) => sent.add(event.target));
  document.addEventListener("input", (event) => {
    sent.delete(event.target.form);
    addEventListener("beforeunload", askBeforeLeaving);
  });
  if (document.querySelector(`${guarded} .form-errors`)) addEventListener("beforeunload", askBeforeLeaving);

  // Keys: each with Alt, so that nothing happens while somebody writes (WCAG 2.1.4).
  const keys = document.getElementById("phim-tat");
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    if (event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && /^[a-z]$/i.test(event.key)) {
      const place = document.querySelector(`[data-key="${event.key.toLowerCase()}"]`);
      if (!place) return;
      event.preventDefault();
      if (place.tagName === "INPUT") place.focus(); else place.click();
    } else if (event.key === "Enter" && event.ctrlKey && event.target.form?.matches(guarded)) {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
  });
  document.querySelectorAll("[data-keys]").forEach((button) => {
    button.hidden = !keys;
    button.addEventListener("click", () => keys?.showModal());
  });
  cover?.addEventListener("close", () => { document.title = title; });
  document.querySelectorAll("[data-cover]").forEach((button) => { button.hidden = !cover; });
  document.querySelectorAll("[data-countdown]").forEach(startCountdown);
  // On a telephone tabs run over the edge.
  document.querySelectorAll(".tab[aria-current]").forEach((tab) => {
    const [row, here] = [tab.parentElement.getBoundingClientRect(), tab.getBoundingClientRect()];
    tab.parentElement.scrollLeft += here.left + here.width / 2 - row.left - row.width / 2;
  });
})();
