// A row of a list can be dragged to another place in it, and a card of a board to another column; the same can be done
// with buttons. The server says how it is now; until it did, nothing more is dragged there.
let dragged = null;

const scan = () => document.querySelectorAll("[data-sort] > [data-id]").forEach((row) => (row.draggable = true));
const listOf = (row) => row?.closest?.("[data-sort]");

// The column of the board over which a card is, unless it stands there already; and the button in its menu for that one.
const columnAt = ({ target }) => {
  const column = target.closest?.("[data-to]");
  return column?.contains(dragged) ? null : column;
};
const buttonTo = (column) => column && dragged?.querySelector(`[value=${column.dataset.to}]`);
const clear = () => document.querySelector(".is-over")?.classList.remove("is-over");

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(":is([data-sort] > [data-id], [data-card]):not([aria-busy=true] *)");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  dragged.classList.add("is-dragged");
});
document.addEventListener("dragover", (event) => {
  const column = columnAt(event);
  clear();
  if (buttonTo(column)) {
    event.preventDefault();
    column.classList.add("is-over");
  }
  const over = event.target.closest?.("[data-sort] > [data-id]");
  if (!dragged || !over || listOf(over) !== listOf(dragged)) return;
  event.preventDefault();
  const box = over.getBoundingClientRect();
  if (over !== dragged) over[event.clientY > box.top + box.height / 2 ? "after" : "before"](dragged);
});
document.addEventListener("drop", (event) => {
  if (dragged) event.preventDefault();
  buttonTo(columnAt(event))?.click();
});
document.addEventListener("dragend", () => {
  const list = listOf(dragged);
  dragged?.classList.remove("is-dragged");
  dragged = null;
  clear();
  if (!list) return;
  const form = document.createElement("form");
  for (const { dataset: { id: value } } of list.children) {
    form.append(Object.assign(document.createElement("input"), { name: "order", value }));
  }
  form.hidden = true;
  list.append(form);
  form.setAttribute("hx-post", list.dataset.sort);
  form.setAttribute("hx-target", "closest [id]");
  form.setAttribute("hx-swap", "outerHTML");
  htmx.process(form);
  form.requestSubmit();
});
document.addEventListener("htmx:after:swap", scan);
scan();
