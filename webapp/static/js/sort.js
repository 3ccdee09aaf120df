// A list that can be dragged into another order; the same can be done with its buttons. The server says how it is now.
let dragged = null;

const scan = () => document.querySelectorAll("[data-sort] > [data-id]").forEach((row) => (row.draggable = true));
const listOf = (row) => row?.closest?.("[data-sort]");

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-sort] > [data-id]");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  dragged.classList.add("is-dragged");
});
document.addEventListener("dragover", (event) => {
  const over = event.target.closest?.("[data-sort] > [data-id]");
  if (!dragged || !over || listOf(over) !== listOf(dragged)) return;
  event.preventDefault();
  const box = over.getBoundingClientRect();
  const after = event.clientY > box.top + box.height / 2;
  if (over !== dragged) over.parentElement.insertBefore(dragged, after ? over.nextSibling : over);
});
document.addEventListener("drop", (event) => dragged && event.preventDefault());
document.addEventListener("dragend", () => {
  const list = listOf(dragged);
  dragged?.classList.remove("is-dragged");
  dragged = null;
  if (!list) return;
  const form = document.createElement("form");
  const add = (name, value) => form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  add("csrf_token", document.querySelector("meta[name=csrf-token]").content);
  [...list.children].forEach((row) => add("order", row.dataset.id));
  Object.assign(form, { method: "post", action: list.dataset.sort, hidden: true });
  list.append(form);
  form.setAttribute("hx-post", list.dataset.sort);
  form.setAttribute("hx-target", "#meetings-agenda");
  form.setAttribute("hx-swap", "outerHTML");
  htmx.process(form);
  form.requestSubmit();
});
document.addEventListener("htmx:after:swap", scan);
scan();
