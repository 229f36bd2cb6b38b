// The flame graph: a tree of stacks, its cells, zoom, keys and table.

const flame = {by: 'opened', which: 'all', fold: true, back: [], zoom: null, wanted: '', buttons: new Map(), cells: []};
const CELL_HEIGHT = 24; // pixels
const MIN_WIDTH = 0.004; // of the graph; thinner cells are merged
const MIN_FOLDED = 3; // this number of callers without another branch, or more, become one cell

const isSuspect = row => weightOf(row) !== 'NORMAL';

function node(label, full, kind, parent) {
  return {label, full, kind, parent, count: 0, kids: new Map()};
}

function child(parent, key, label, full, kind) {
  let found = parent.kids.get(key);
  if (!found) {
    found = node(label, full, kind, parent);
    parent.kids.set(key, found);
  }
  return found;
}

// The stack of a socket in the graph; for a socket without a stack, the names of its blocks.
function stackOrBlocks(row) {
  const origin = data.origins[row[at.origin]];
  const index = row[flame.by];
  if (index >= 0 && data.stacks[index].frames.length > 0) return index;
  if (!origin.tracked) return 'untracked\n' + origin.meaning;
  if (flame.by === at.eof) {
    return 'no EOF read\n' + stateOf(row);
  }
  return 'no opening stack\n' + (index < 0 ? origin.meaning : 'not captured');
}

function countByStack() {
  const counts = new Map();
  for (const row of data.sockets) {
    if (flame.which === 'all' || isSuspect(row)) {
      const key = stackOrBlocks(row);
      counts.set(key, (counts.get(key) || 0) + 1);
    }
  }
  const missing = data.head.sockets - data.sockets.length;
  if (flame.which === 'all' && missing > 0) counts.set('not listed in this report', missing);
  return counts;
}

function buildTree(counts) {
  const root = node(flame.which === 'all' ? 'all sockets' : 'suspects', '', 'block', null);
  for (const [key, n] of counts) {
    let here = root;
    here.count += n;
    if (typeof key === 'string') {
      for (const name of key.split('\n')) {
        here = child(here, '=' + name, name, name, 'block');
        here.count += n;
      }
      continue;
    }
    const stack = data.stacks[key];
    for (let i = stack.frames.length - 1; i >= 0; i--) {
      const text = data.frames[stack.frames[i]];
      here = child(here, stack.frames[i], brief(text), text, null);
      if (i === stack.blamed) here.kind = 'blamed';
      here.count += n;
    }
  }
  return root;
}

// Merges several callers in a row that lead to one place only.
function fold(from) {
  for (const kid of from.kids.values()) {
    const chain = [];
    let last = kid;
    while (last.kind === null && last.kids.size === 1 && only(last).count === last.count) {
      chain.push(last);
      last = only(last);
    }
    if (chain.length >= MIN_FOLDED) {
      kid.label = chain.length + ' frames: ' + chain[0].label + ' \u2026 ' + chain[chain.length - 1].label;
      kid.full = chain.map(each => each.full).join('\n');
      kid.kids = new Map([['', last]]);
      last.parent = kid;
    }
    fold(kid);
  }
}
const only = from => from.kids.values().next().value;

function describe(cell) {
  return (cell.kind === 'blamed' ? '\u25C6 culprit: ' : '') + cell.full + (cell.full ? '\n' : '')
    + count(cell.count, 'socket') + ', ' + share(cell.count, flame.root.count) + ' of ' + number(flame.root.count);
}

// Whether a cell has the searched text; of several cells in one, whether any of them has it.
function isFound(cell) {
  return cell.full.toLowerCase().includes(flame.wanted) || (cell.merged === true && [...cell.kids.values()].some(hasFound));
}
const hasFound = cell => isFound(cell) || [...cell.kids.values()].some(hasFound);
const mark = cell => flame.wanted === '' ? [] : [isFound(cell) ? 'found' : 'other'];

// The number of sockets whose stack has the searched text.
function countFound(cell) {
  return isFound(cell) ? cell.count : [...cell.kids.values()].reduce((sum, kid) => sum + countFound(kid), 0);
}

function search(text) {
  flame.wanted = text.trim().toLowerCase();
  draw(null);
  if (flame.wanted === '') {
    showTotals();
  } else {
    const found = countFound(flame.root);
    showStatus(count(found, 'socket') + ', ' + share(found, flame.root.count) + ' of ' + number(flame.root.count) + ', with this text in the stack');
  }
}

function drawCell(cell, left, width, depth, above) {
  const kinds = ['blamed', 'block'].filter(kind => cell.kind === kind).concat(above ? ['above'] : [], mark(cell));
  const name = (cell.kind === 'blamed' ? '\u25C6 ' : '') + cell.label;
  const button = el('button', {type: 'button', class: kinds.join(' ') || null, tabindex: -1, title: describe(cell),
    'aria-label': name + ', ' + count(cell.count, 'socket') + ', ' + share(cell.count, flame.root.count),
    'data-count': cell.count, 'data-depth': depth},
    name + ' \u00B7 ' + number(cell.count) + ' \u00B7 ' + share(cell.count, flame.root.count));
  button.style.left = left * 100 + '%';
  button.style.width = width * 100 + '%';
  button.style.top = depth * CELL_HEIGHT + 'px';
  if (width < 0.02) button.style.paddingInline = '0';
  button.addEventListener('click', () => zoomTo(cell));
  button.addEventListener('focus', () => choose(button, cell));
  button.addEventListener('mouseenter', () => {
    $('flame-frame').textContent = describe(cell);
  });
  flame.buttons.set(cell, button);
  flame.cells.push({cell, button, depth, left});
  return button;
}

function choose(button, cell) {
  for (const each of flame.cells) each.button.tabIndex = each.button === button ? 0 : -1;
  $('flame-frame').textContent = describe(cell);
}

function draw(focused) {
  flame.buttons = new Map();
  flame.cells = [];
  const buttons = [];
  const above = [];
  for (let up = flame.zoom.parent; up; up = up.parent) above.unshift(up);
  above.forEach((cell, depth) => buttons.push(drawCell(cell, 0, 1, depth, true)));
  let deepest = above.length;
  const spread = (cell, left, width, depth) => {
    buttons.push(drawCell(cell, left, width, depth, false));
    deepest = Math.max(deepest, depth);
    const kids = [...cell.kids.values()].sort((a, b) => b.count - a.count);
    const thin = kids.filter(kid => kid.kind !== 'block' && kid.count / flame.zoom.count < MIN_WIDTH);
    const shown = thin.length < 2 ? kids : kids.filter(kid => !thin.includes(kid));
    let x = left;
    const scale = width / cell.count;
    for (const kid of shown) {
      spread(kid, x, kid.count * scale, depth + 1);
      x += kid.count * scale;
    }
    if (thin.length >= 2) {
      const rest = node(thin.length + ' others', thin.length + ' others, each too thin to draw', 'block', cell);
      rest.merged = true;
      for (const kid of thin) {
        rest.count += kid.count;
        rest.kids.set(kid, kid);
      }
      buttons.push(drawCell(rest, x, rest.count * scale, depth + 1, false));
      deepest = Math.max(deepest, depth + 1);
    }
  };
  if (flame.zoom.count > 0) spread(flame.zoom, 0, 1, above.length);
  $('flame-cells').style.height = (deepest + 1) * CELL_HEIGHT + 'px';
  $('flame-cells').replaceChildren(...buttons);
  const button = flame.buttons.get(focused) || flame.buttons.get(flame.zoom);
  if (button) {
    button.tabIndex = 0;
    if (focused) button.focus();
  }
}

function showStatus(text) {
  $('flame-status').textContent = text;
}

function zoomTo(cell) {
  if (cell === flame.zoom) return;
  flame.back.push(flame.zoom);
  flame.zoom = cell;
  draw(cell);
  showStatus('Zoomed into ' + cell.label + ': ' + count(cell.count, 'socket') + ', ' + share(cell.count, flame.root.count) + ' of '
    + number(flame.root.count) + '. Escape goes back.');
}

function zoomBack() {
  const from = flame.zoom;
  const to = flame.back.pop();
  if (to) {
    flame.zoom = to;
    draw(flame.zoom);
    const button = flame.buttons.get(from) || flame.buttons.get(to);
    button.focus();
    showTotals();
  }
}

function showTotals() {
  const total = flame.root.count;
  showStatus(count(total, 'socket') + (flame.which === 'all' ? '' : ' with a verdict other than normal, of ' + number(data.head.sockets))
    + ', by ' + (flame.by === at.opened ? 'opening stack' : 'EOF stack')
    + (flame.zoom === flame.root ? '' : '; zoomed into ' + flame.zoom.label));
}

function move(event) {
  const here = flame.cells.find(each => each.button === document.activeElement);
  if (event.key === 'Escape') {
    zoomBack();
  } else if (here) {
    const row = flame.cells.filter(each => each.depth === here.depth).sort((a, b) => a.left - b.left);
    const place = row.indexOf(here);
    const kid = flame.cells.filter(each => each.cell.parent === here.cell).sort((a, b) => a.left - b.left)[0];
    const next = event.key === 'ArrowDown' ? kid
      : event.key === 'ArrowUp' ? flame.cells.find(each => each.cell === here.cell.parent)
        : event.key === 'ArrowRight' ? row[place + 1]
          : event.key === 'ArrowLeft' ? row[place - 1]
            : event.key === 'Home' ? flame.cells[0] : null;
    if (next) next.button.focus();
    if (!next && !event.key.startsWith('Arrow')) return;
  }
  event.preventDefault();
}

function redraw() {
  const counts = countByStack();
  flame.root = buildTree(counts);
  if (flame.fold) fold(flame.root);
  flame.zoom = flame.root;
  flame.back = [];
  search(flame.wanted);
  $('flame-frame').textContent = '';
  const list = $('flame-list');
  list.lastElementChild.replaceChildren();
  if (list.open) flameList(counts);
}

function flameList(counts) {
  const rows = [...counts].sort((a, b) => b[1] - a[1]).map(([key, n]) => {
    const stack = typeof key === 'string' ? null : data.stacks[key];
    const blamed = stack && stack.blamed >= 0 ? frame(data.frames[stack.frames[stack.blamed]]) : null;
    const what = stack ? el('td', {}, blamed || 'no culprit', el('details', {}, el('summary', {}, count(stack.frames.length, 'frame')),
      el('ol', {class: 'stack'}, ...stack.frames.map((_, i) => frameItem(stack, i)))))
      : el('td', {}, key.replace('\n', ': '));
    return el('tr', {}, el('td', {class: 'figure'}, number(n)), el('td', {class: 'figure'}, share(n, flame.root.count)), what);
  });
  $('flame-list').lastElementChild.replaceChildren(el('table', {},
    el('caption', {}, count(flame.root.count, 'socket') + ' by ' + (flame.by === at.opened ? 'opening stack' : 'EOF stack')),
    el('thead', {}, el('tr', {}, el('th', {scope: 'col', class: 'figure'}, 'Sockets'), el('th', {scope: 'col', class: 'figure'}, 'Share'),
      el('th', {scope: 'col'}, 'Stack'))), el('tbody', {}, ...rows)));
}

function flames() {
  flame.by = at.opened;
  $('flame-tools').append(
    choice('Stack', 'flame-by', [['opened', 'opening'], ['eof', 'EOF']], 'opened', value => {
      flame.by = at[value];
      redraw();
    }),
    choice('Sockets', 'flame-which', [['all', 'all'], ['suspects', 'suspects only']], 'all', value => {
      flame.which = value;
      redraw();
    }));
  const every = el('input', {type: 'checkbox', id: 'flame-every'});
  every.addEventListener('change', () => {
    flame.fold = !every.checked;
    redraw();
  });
  const back = el('button', {type: 'button', class: 'tool'}, 'Zoom back');
  back.addEventListener('click', zoomBack);
  const wanted = el('input', {type: 'search', id: 'flame-search', autocomplete: 'off', placeholder: 'class or method'});
  wanted.addEventListener('input', () => search(wanted.value));
  $('flame-tools').append(el('label', {}, every, ' every frame'), back, el('label', {}, 'Search ', wanted));
  $('flame-cells').setAttribute('role', 'group');
  $('flame-cells').setAttribute('aria-label', 'Flame graph');
  $('flame-cells').addEventListener('keydown', move);
  $('flame-list').addEventListener('toggle', () => {
    if ($('flame-list').open) flameList(countByStack());
  });
  redraw();
}
