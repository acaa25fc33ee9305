/**
 * The script of the page: the filter over models, and opening all of them. Without it the page shows the same, so
 * the filter is hidden until it runs. It asks nothing of the network and never makes markup of a text.
 */
export const PAGE_SCRIPT = `
(() => {
  'use strict';
  const byId = (id) => document.getElementById(id);
  const form = byId('filter');
  if (form === null) return;
  const models = Array.from(document.querySelectorAll('details.model'), (element) => ({
    element,
    outcome: element.dataset.outcome,
    text: element.textContent.toLowerCase(),
  }));
  const apply = () => {
    const words = byId('filter-text').value.toLowerCase().split(/\\s+/).filter((word) => word !== '');
    const outcome = byId('filter-outcome').value;
    let shown = 0;
    for (const model of models) {
      const fits = (outcome === '' || outcome === model.outcome) && words.every((word) => model.text.includes(word));
      model.element.hidden = !fits;
      if (fits) shown += 1;
    }
    byId('filter-count').textContent = shown + ' of ' + models.length + ' shown';
  };
  const openAll = (open) => {
    for (const { element } of models) if (!element.hidden) element.open = open;
  };
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', apply);
  byId('filter-open').addEventListener('click', () => openAll(true));
  byId('filter-close').addEventListener('click', () => openAll(false));
  let closed = [];
  addEventListener('beforeprint', () => {
    closed = models.filter(({ element }) => !element.open);
    openAll(true);
  });
  addEventListener('afterprint', () => {
    for (const { element } of closed) element.open = false;
  });
  form.hidden = false;
  apply();
})();
`;
