// Long lists are found by typing: a box above the select keeps the options that hold what is typed, in the option or in
// the name of its group, whatever the marks and capitals ("dinh quan" finds "huyện Định Quán").
// Without this file the select is a select. Its words stand in <template id="tim-trong-danh-sach">.
(() => {
  "use strict";

  const LONG = 30; // options from which a list has a box
  const SHOWN = 8; // rows of the list while something is typed
  const template = document.getElementById("tim-trong-danh-sach");
  if (!template) return;

  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();

  function findByTyping(select) {
    const box = template.content.querySelector("input").cloneNode();
    const told = template.content.querySelector("p").cloneNode();
    const label = document.querySelector(`label[for="${select.id}"]`);
    const options = [...select.options].map((option) => {
      const group = option.parentElement === select ? null : option.parentElement;
      return { option, group, text: plain(`${option.label} ${group ? group.label : ""}`) };
    });
    const whole = [...select.childNodes];
    const groups = new Map(whole.filter((each) => each.nodeName === "OPTGROUP").map((each) => [each, [...each.childNodes]]));
    let before = ""; // what was chosen when typing began

    if (label) box.setAttribute("aria-label", `${label.firstChild.textContent.trim()}: ${box.placeholder}`);
    select.before(box);
    select.after(told);

    function showAll() {
      groups.forEach((options, group) => group.replaceChildren(...options));
      select.replaceChildren(...whole);
      select.removeAttribute("size");
      told.textContent = "";
    }
    function show(found) {
      const kept = new Map();
      const shown = [];
      found.forEach(({ option, group }) => {
        if (!group) shown.push(option);
        else if (kept.has(group)) kept.get(group).push(option);
        else { kept.set(group, [option]); shown.push(group); }
      });
      kept.forEach((options, group) => group.replaceChildren(...options));
      select.replaceChildren(...shown);
      select.size = Math.max(2, Math.min(SHOWN, found.length + kept.size));
      select.value = found.length === 1 ? found[0].option.value : before;
      if (found.length !== 1 && select.value !== before) select.selectedIndex = -1;
      const words = found.length === 1 ? told.dataset.one : found.length ? told.dataset.some : told.dataset.none;
      told.textContent = words.replace("{n}", found.length).replace("{option}", found.length ? found[0].option.label : "");
    }
    box.addEventListener("focus", () => { if (!box.value) before = select.value; });
    box.addEventListener("input", () => {
      const parts = plain(box.value).split(/\s+/).filter(Boolean);
      showAll();
      select.value = before;
      if (parts.length) show(options.filter(({ option, text }) => option.value && parts.every((part) => text.includes(part))));
    });
    box.addEventListener("keydown", (event) => {
      // Ctrl+Enter sends the form (benan.js): it must not choose what nobody chose.
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      if (event.key === "Enter") event.preventDefault();
      if (event.key === "ArrowDown" || event.key === "Enter") {
        if (select.selectedIndex < 0) select.selectedIndex = 0;
        select.focus();
      }
      if (event.key === "Escape" && box.value) { box.value = ""; box.dispatchEvent(new Event("input")); }
    });
    // What is chosen closes the list again; where nothing was, nothing is sent.
    function settle() {
      const { value, selectedIndex } = select;
      if (!box.value) return;
      box.value = "";
      showAll();
      select.value = value;
      if (selectedIndex < 0) select.selectedIndex = -1;
    }
    select.addEventListener("blur", settle);
    select.addEventListener("click", (event) => { if (select.size > 1 && event.target !== select) settle(); });
    select.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && box.value) { event.preventDefault(); settle(); }
    });
    box.form?.addEventListener("submit", settle, { capture: true });
  }

  document.querySelectorAll("select:not([multiple])").forEach((select) => {
    if (select.options.length > LONG) findByTyping(select);
  });
})();
