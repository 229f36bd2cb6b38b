// The data of the report, and elements of the page that several parts use.

const data = JSON.parse(document.getElementById('data').textContent);
const at = Object.fromEntries(data.columns.map((name, index) => [name, index]));
const $ = id => document.getElementById(id);

// Creates an element. Names from the program go into text nodes and attributes only, so the browser never reads them as markup.
function el(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

// A group of radio buttons; onChoice gets the chosen value.
function choice(title, name, options, chosen, onChoice) {
  const set = el('fieldset', {}, el('legend', {}, title));
  for (const [value, text] of options) {
    const radio = el('input', {type: 'radio', name, value, checked: value === chosen});
    radio.addEventListener('change', () => onChoice(value));
    set.append(el('label', {}, radio, ' ' + text));
  }
  return set;
}

// A table that its headings sort. order(rows, body) puts the sorted rows into the body of the table.
function sortable(caption, columns, rows, order) {
  const body = el('tbody');
  const heads = columns.map(column => el('th', {scope: 'col', class: column.class}));
  const table = el('table', {}, el('caption', {}, caption), el('thead', {}, el('tr', {}, ...heads)), body);
  const sorted = {table, by: -1, down: false};
  sorted.sort = (index, down) => {
    sorted.by = index;
    sorted.down = down;
    heads.forEach((head, i) => {
      if (i === index) head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    });
    const key = columns[index].key;
    const compare = (a, b) => {
      const x = key(a);
      const y = key(b);
      return (x < y ? -1 : x > y ? 1 : 0) * (down ? -1 : 1) || a.place - b.place;
    };
    rows.sort(compare);
    order(rows, body);
  };
  columns.forEach((column, index) => {
    if (!column.key) {
      heads[index].append(column.title);
      return;
    }
    const button = el('button', {type: 'button'}, column.title);
    button.addEventListener('click', () => sorted.sort(index, sorted.by === index ? !sorted.down : column.down === true));
    heads[index].append(button);
  });
  return sorted;
}

function badge(verdict) {
  return el('span', {class: 'verdict ' + verdict.weight}, verdict.word);
}

const NO_SOCKETS = 'This report has no list of sockets.';
