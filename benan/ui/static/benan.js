// What a page can do besides: cover itself, cover an opened identity when its time is over, show which tab is the
// current one, and rest a form's buttons once it is sent.
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
  cover?.addEventListener("close", () => { document.title = title; });
  document.querySelectorAll("[data-cover]").forEach((button) => { button.hidden = !cover; });
  document.querySelectorAll("[data-countdown]").forEach(startCountdown);
  // On a telephone tabs run over the edge.
  document.querySelectorAll(".tab[aria-current]").forEach((tab) => {
    const [row, here] = [tab.parentElement.getBoundingClientRect(), tab.getBoundingClientRect()];
    tab.parentElement.scrollLeft += here.left + here.width / 2 - row.left - row.width / 2;
  });
})();
