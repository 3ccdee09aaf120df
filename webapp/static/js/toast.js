// Toasts leave after eight seconds, but never while somebody points at them or is inside.
const STAY = 8000;
const timers = new WeakMap();

const wait = (toast) => {
  clearTimeout(timers.get(toast));
  if (toast.dataset.toast !== "stay") timers.set(toast, setTimeout(() => leave(toast), STAY));
};
const leave = (toast) => {
  if (toast.matches(":hover, :focus-within")) return wait(toast);
  toast.remove();
};
const scan = () => {
  for (const toast of document.querySelectorAll("#flash [data-toast]")) if (!timers.has(toast)) wait(toast);
};

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-toast] [data-close], [data-toast-close]")) return;
  const toast = event.target.closest("[data-toast]");
  const inside = toast.contains(document.activeElement);
  toast.remove();
  if (inside) document.querySelector("main h1")?.focus();
});
for (const kind of ["pointerover", "focusin"]) {
  document.addEventListener(kind, (event) => clearTimeout(timers.get(event.target.closest?.("[data-toast]"))));
}
for (const kind of ["pointerout", "focusout"]) {
  document.addEventListener(kind, (event) => {
    const toast = event.target.closest?.("#flash [data-toast]");
    if (toast) wait(toast);
  });
}
document.addEventListener("htmx:after:swap", scan);
scan();
