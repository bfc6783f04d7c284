// The server decides every promise; this only lets the digits run, on the server's clock and at the building's speed.
import { digits, say } from "./words.js";

let serverAt = Number(document.body.dataset.now), speed = Number(document.body.dataset.speed) || 1;
let heardAt = performance.now();

export function setClock(now, newSpeed) {
  serverAt = now;
  speed = newSpeed;
  heardAt = performance.now();
}

export const now = () => serverAt + (performance.now() - heardAt) * speed;

export function tick() {
  setInterval(paint, 250);
}

export function paint() {
  const at = now();
  for (const chip of document.querySelectorAll("[data-clock]")) {
    const due = Number(chip.dataset.due), start = Number(chip.dataset.start), left = due - at;
    const level = left < 0 ? "late" : left < 0.2 * (due - start) ? "urgent" : left < 0.5 * (due - start) ? "soon" : "ok";
    const time = left < 0 ? say("clock.over", digits(-left)) : digits(left);
    const text = chip.dataset.label ? `${chip.dataset.label} ${time}` : time;
    const place = chip.querySelector("[data-clock-text]");
    if (place.textContent !== text) place.textContent = text;
    if (!chip.classList.contains(level)) {
      chip.classList.remove("ok", "soon", "urgent", "late");
      chip.classList.add(level);
    }
  }
}
