// Under the pointer: the nearest reading, out of the chart's own table.
export function readout() {
  document.addEventListener("pointermove", event => {
    const drawing = event.target.closest?.("[data-chart] svg[role=img]");
    if (drawing) show(drawing, event.clientX);
  });
  document.addEventListener("pointerout", event => {
    const chart = event.target.closest?.("[data-chart]");
    if (chart && !chart.contains(event.relatedTarget)) clear(chart);
  });
}

function show(drawing, clientX) {
  const chart = drawing.closest("[data-chart]"), mark = drawing.querySelector("[data-readout]");
  const box = drawing.getBoundingClientRect(), x = (clientX - box.left) / box.width * drawing.viewBox.baseVal.width;
  let best = null;
  for (const row of chart.querySelectorAll("tr[data-x]")) {
    if (!best || Math.abs(row.dataset.x - x) < Math.abs(best.dataset.x - x)) best = row;
  }
  if (!best) return;
  mark.removeAttribute("hidden");
  mark.setAttribute("transform", `translate(${best.dataset.x} 0)`);
  mark.querySelector("circle").setAttribute("cy", best.dataset.y);
  chart.querySelector("[data-readout-words]").textContent =
    `${best.cells[0].textContent} · ${best.cells[1].textContent} ${chart.dataset.unit}`;
}

function clear(chart) {
  chart.querySelector("[data-readout]")?.setAttribute("hidden", "");
  chart.querySelector("[data-readout-words]").textContent = "";
}
