// Keys: `/` goes to the search field, arrows walk through results. Pages work without it.
"use strict";
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const writing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.key === "/" && !writing) {
    const field = document.getElementById("name");
    if (field) {
      field.focus();
      field.select();
    } else {
      window.location.href = "/";
    }
    event.preventDefault();
    return;
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  if (writing && event.target.id !== "name") return;
  const stops = Array.from(document.querySelectorAll("[data-stop]"));
  if (stops.length === 0) return;
  const at = stops.findIndex((stop) => stop.contains(document.activeElement));
  const to = event.key === "ArrowDown" ? Math.min(at + 1, stops.length - 1) : at - 1;
  if (to < 0) {
    const field = document.getElementById("name");
    if (field) field.focus();
  } else {
    stops[to].focus();
  }
  event.preventDefault();
});
