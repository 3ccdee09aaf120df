// On the wall of a session: how many notes of a cluster do not fit. They stand in a next column, out of sight.
const count = () => {
  for (const more of document.querySelectorAll("[data-more]")) {
    const list = more.previousElementSibling;
    const edge = list.getBoundingClientRect().right;
    const away = [...list.children].filter((note) => note.getBoundingClientRect().left >= edge).length;
    more.textContent = away ? more.dataset.more.replace("0", away) : "";
  }
};
document.addEventListener("htmx:after:swap", count);
document.fonts.ready.then(count);
new ResizeObserver(count).observe(document.documentElement);
