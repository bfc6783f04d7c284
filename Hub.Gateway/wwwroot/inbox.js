// The inbox: keys for the desk, and accepting without leaving the list.
import { swap } from "./fragments.js";
import { keep, kept } from "./memory.js";

let chosen = null;

export function inbox() {
  const region = document.querySelector("[data-inbox]");
  if (!region) return;
  keys(region);
  region.addEventListener("submit", event => accept(event, region));
  region.addEventListener("hub:swapped", event => {
    for (const card of event.detail.added) card.classList.add("fresh-card");
    choose(region, chosen);
  });
}

async function accept(event, region) {
  const form = event.target.closest("[data-accept]");
  if (!form) return;
  event.preventDefault();
  const button = form.querySelector("button");
  if (button.disabled) return;
  button.disabled = true;
  try {
    const answer = await fetch(form.action, {
      method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "X-Fragment": "1" }, redirect: "manual",
    });
    if (answer.ok || answer.status === 409) swap(region, await answer.text());
    else form.submit();
  } catch {
    button.disabled = false;
  }
}

function keys(region) {
  const help = document.querySelector("[data-help]"), use = document.querySelector("[data-keys]");
  // Single keys can be switched off (WCAG 2.1.4), and that is remembered on this machine.
  use.checked = kept("hub.keys") !== "off";
  use.addEventListener("change", () => keep("hub.keys", use.checked ? "on" : "off"));
  document.addEventListener("keydown", event => {
    const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !use.checked || help.open) return;
    if (event.key === "j") move(region, 1);
    else if (event.key === "k") move(region, -1);
    else if (event.key === "?") help.showModal();
    else if (event.key === "1") card(region)?.querySelector("[data-accept] button")?.click();
    else if (event.key === "Enter" && chosen && !event.target.closest("a, button, summary")) card(region)?.querySelector("a.place")?.click();
    else return;
    event.preventDefault();
  });
}

const card = region => region.querySelector(`[data-key="${CSS.escape(chosen ?? "")}"]`);

function move(region, by) {
  const all = [...region.querySelectorAll(".card")];
  if (all.length === 0) return;
  const at = all.findIndex(one => one.dataset.key === chosen);
  const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
  choose(region, next.dataset.key);
  next.scrollIntoView({ block: "nearest" });
}

function choose(region, key) {
  chosen = key;
  for (const one of region.querySelectorAll(".card")) one.classList.toggle("chosen", one.dataset.key === key);
}
