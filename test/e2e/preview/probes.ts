/** The lowest contrast that WCAG 2 asks for between a text of usual size and what is behind it. */
const LEAST_CONTRAST = 4.5;

/**
 * Runs in the page: texts whose contrast with what is behind them is too low, each with its ratio. A background that
 * is not opaque counts as that of the element around it.
 */
export const LOW_CONTRASTS = `(() => {
  const channels = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = (color) => {
    const [r, g, b] = channels(color).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let each = element; each !== null; each = each.parentElement) {
      const color = getComputedStyle(each).backgroundColor;
      const alpha = channels(color)[3] ?? 1;
      if (alpha === 1) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  const texts = [...document.querySelectorAll('body *')].filter(
    (element) => element.checkVisibility() && [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== ''),
  );
  const ratios = texts.map((element) => {
    const [light, dark] = [luminance(getComputedStyle(element).color), luminance(behind(element))].sort((a, b) => b - a);
    return { text: element.textContent.trim().slice(0, 40), ratio: (light + 0.05) / (dark + 0.05) };
  });
  return { looked: ratios.length, low: ratios.filter(({ ratio }) => ratio < ${String(LEAST_CONTRAST)}) };
})()`;

/** Runs in the page: tables of which some row does not fill the columns of its head, with what stands over them. */
export const RAGGED_TABLES = `(() => [...document.querySelectorAll('table')].filter((table) => {
  const width = table.tHead.rows[0].cells.length;
  const open = [];
  return [...table.tBodies[0].rows].some((row) => {
    let covered = open.splice(0).reduce((sum, { span, left }) => {
      if (left > 1) open.push({ span, left: left - 1 });
      return sum + span;
    }, 0);
    for (const cell of row.cells) {
      covered += cell.colSpan;
      if (cell.rowSpan > 1) open.push({ span: cell.colSpan, left: cell.rowSpan - 1 });
    }
    return covered !== width;
  }) || open.length > 0;
}).map((table) => table.caption.textContent))()`;

/** Runs in the page: tries what its policy forbids, and resolves with the directives that forbade it. */
export const FORBIDDEN = `(async () => {
  const seen = [];
  document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
  const image = document.createElement('img');
  image.src = 'http://127.0.0.1:9/x.png';
  document.body.append(image);
  await fetch('http://127.0.0.1:9/').catch(() => undefined);
  const style = document.createElement('style');
  style.textContent = 'body { display: none }';
  document.head.append(style);
  const button = document.createElement('button');
  document.body.append(button);
  try { button.setAttribute('onclick', 'document.title = "changed"'); } catch { seen.push('trusted types'); }
  button.click();
  try { button.innerHTML = '<b>x</b>'; } catch { seen.push('trusted types'); }
  await new Promise((done) => setTimeout(done));
  return [...new Set(seen)];
})()`;
