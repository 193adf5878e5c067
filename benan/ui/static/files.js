// A box for files tells which were chosen, how large each is, and what is too large, before they are sent.
// Without this file the box is the browser's own; the server refuses what is too large.
(() => {
  "use strict";

  const size = (bytes) => (bytes < 1e6
    ? `${Math.max(1, Math.round(bytes / 1e3))} KB`
    : `${(bytes / 1e6).toFixed(1).replace(".0", "").replace(".", ",")} MB`);

  document.querySelectorAll("template[data-chosen-of]").forEach((template) => {
    const box = document.getElementById(template.dataset.chosenOf);
    const told = template.content.firstElementChild.cloneNode(true);
    const list = told.querySelector("ul");
    const largest = Number(box.dataset.largest);
    const largestAll = Number(box.dataset.largestAll);

    function line(words, wrong) {
      const item = document.createElement("li");
      const bold = document.createElement("b");
      bold.textContent = wrong;
      item.append(words, bold);
      list.append(item);
    }
    function tell() {
      const files = [...box.files];
      list.replaceChildren();
      files.forEach((file) => {
        line(`${file.name}, ${size(file.size)}`, file.size > largest ? `: ${template.dataset.tooLarge}` : "");
      });
      if (files.reduce((sum, file) => sum + file.size, 0) > largestAll) line("", template.dataset.tooMuch);
    }
    template.after(told);
    box.addEventListener("change", tell);
    tell();
  });
})();
