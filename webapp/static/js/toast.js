// Toasts leave after eight seconds, but never while somebody points at them or is inside.
const STAY = 8000;
const seen = new WeakSet();

const wait = (toast) => setTimeout(() => (toast.matches(":hover, :focus-within") ? wait(toast) : toast.remove()), STAY);
const scan = () => {
  for (const toast of document.querySelectorAll("#flash [data-toast]:not([data-toast=stay])")) {
    if (!seen.has(toast)) wait(toast);
    seen.add(toast);
  }
};

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-toast] [data-close]")) return;
  const toast = event.target.closest("[data-toast]");
  const inside = toast.contains(document.activeElement);
  toast.remove();
  if (inside) document.querySelector("main h1")?.focus();
});
document.addEventListener("htmx:after:swap", scan);
scan();
