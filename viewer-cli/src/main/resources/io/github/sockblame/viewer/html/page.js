
'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const at = Object.fromEntries(data.columns.map((name, index) => [name, index]));
  const $ = id => document.getElementById(id);

  // Whatever the program is called by stands in text nodes and attributes of known names: nothing of it is ever read as markup.
  function el(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value);
    }
    made.append(...children.filter(child => child !== null && child !== undefined));
    return made;
  }

  // How figures read, as the command line prints them.
  const number = n => n.toLocaleString('en-US');
  const count = (n, noun, many) => number(n) + ' ' + (n === 1 ? noun : many || noun + 's');
  const two = n => String(n).padStart(2, '0');
  function duration(seconds) {
    if (seconds === null || seconds < 0) return 'unknown';
    if (seconds < 60) return seconds + 's';
    const minutes = Math.floor(seconds / 60);
    if (minutes < 10) return minutes + 'm' + two(seconds % 60) + 's';
    if (minutes < 60) return minutes + 'm';
    const hours = Math.floor(minutes / 60);
    return hours < 24 ? hours + 'h' + two(minutes % 60) + 'm' : Math.floor(hours / 24) + 'd' + two(hours % 24) + 'h';
  }
  function share(part, whole) {
    return whole > 0 ? (100 * part / whole).toFixed(1) + ' %' : '0 %';
  }
  function address(host, port) {
    if (host < 0) return 'unknown';
    const text = data.addresses[host];
    return (text.includes(':') ? '[' + text + ']' : text) + ':' + (port > 0 ? port : '*');
  }

  // Of a row of data.sockets: its TCP state, or what else it is; and how much its verdict weighs.
  const stateOf = row => row[at.state] < 0 ? data.protocols[row[at.protocol]] : data.states[row[at.state]];
  const weightOf = row => data.verdicts[row[at.verdict]].weight;

  // A frame with its class and method in full ink and the rest faint.
  function frameParts(text) {
    const open = text.lastIndexOf('(') < 0 ? text.length : text.lastIndexOf('(');
    const method = text.lastIndexOf('.', open);
    const from = text.lastIndexOf('.', method - 1) + 1;
    return [text.slice(0, from), text.slice(from, open), text.slice(open)];
  }
  function frame(text) {
    const [before, name, after] = frameParts(text);
    const packages = before.split('.').flatMap(part => [part, '.', el('wbr')]).slice(0, -3); // a line may end behind each dot
    return el('code', {class: 'frame'}, el('i', {class: 'package'}, ...packages), name, el('i', {}, el('wbr'), after));
  }
  function brief(text) {
    const line = /:(\d+)\)$/.exec(text);
    return frameParts(text)[1] + (line ? ':' + line[1] : '');
  }

  // A choice of one of several, told to whoever listens.
  function choice(title, name, options, chosen, tell) {
    const set = el('fieldset', {}, el('legend', {}, title));
    for (const [value, text] of options) {
      const radio = el('input', {type: 'radio', name, value, checked: value === chosen});
      radio.addEventListener('change', () => tell(value));
      set.append(el('label', {}, radio, ' ' + text));
    }
    return set;
  }

  // A table whose headings sort it. Each row: {cells, keys, nodes}; nodes are the rows of the document that move together.
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

  // --- what stands on top

  function head() {
    const top = data.head;
    $('name').textContent = top.name;
    $('pid').textContent = 'pid ' + top.pid;
    const leaks = data.sites.filter(site => data.verdicts[site.verdict].weight === 'LEAK');
    const lead = $('lead');
    if (top.leaked > 0 && leaks.length > 0) {
      const worst = leaks[0];
      lead.append(el('strong', {}, worst.subject), ' leaked at ', worst.blamed ? frame(worst.blamed) : 'a place that was not seen');
      const rest = top.leaked - worst.count;
      $('rest').textContent = data.verdicts[worst.verdict].word + ': ' + data.verdicts[worst.verdict].meaning
        + '; ' + worst.confidence + ', the oldest for ' + duration(worst.oldest) + '.'
        + (rest > 0 ? ' And ' + number(rest) + ' more at ' + count(leaks.length - 1, 'other site') + '.' : '');
    } else if (top.leaked > 0) {
      lead.append(el('strong', {}, count(top.leaked, 'connection') + ' leaked'), ', and this report has no site for them');
    } else {
      lead.classList.add('clean');
      lead.append(el('strong', {}, top.noLeaks));
    }
    const figures = [['sockets', number(top.sockets)], ['tracked', number(top.tracked)], ['untracked', number(top.untracked)],
      ['leaked', number(top.leaked)], ['file descriptors', top.descriptors.replace(/^fds /, '')], ['up', top.up],
      ['taken at', top.takenAt.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')]];
    for (const [name, figure] of figures) $('figures').append(el('div', {}, el('dt', {}, name), el('dd', {}, figure)));
    const states = Object.entries(top.states).sort((a, b) => (b[0] === 'CLOSE-WAIT') - (a[0] === 'CLOSE-WAIT') || b[1] - a[1]);
    $('states').append(el('ul', {class: 'states', 'aria-label': 'Sockets by TCP state'},
      ...states.map(([state, n]) => el('li', {}, state + ' ', el('b', {}, number(n))))));
    $('made').textContent = 'Made from a report of agent ' + top.agent + ', Java ' + top.java + '. This page asks nobody for anything.';
  }

  // --- sites

  function frameItem(stack, index) {
    return el('li', {class: index === stack.blamed ? 'blamed' : null}, frame(data.frames[stack.frames[index]]));
  }

  function stackList(place) {
    const stack = data.stacks[place.stack];
    const frames = stack.frames;
    const from = Math.max(0, stack.blamed);
    const near = el('ol', {class: 'stack'});
    const line = (list, index) => {
      const item = frameItem(stack, index);
      if (index === stack.blamed) item.append(el('span', {class: 'threads'}, stack.entry ? '  entry into a library: no frame is the program\'s own' : ''));
      list.append(item);
    };
    const to = Math.min(frames.length, from + 5);
    for (let i = from; i < to; i++) line(near, i);
    if (frames.length === 0) near.append(el('li', {}, '(no stack was taken)'));
    const made = [near];
    if (to - from < frames.length) {
      const whole = el('details', {}, el('summary', {}, 'The whole stack, ' + count(frames.length, 'frame')));
      whole.addEventListener('toggle', () => {
        if (whole.children.length === 1) {
          const list = el('ol', {class: 'stack'});
          for (let i = 0; i < frames.length; i++) line(list, i);
          whole.append(list);
        }
      });
      made.push(whole);
    }
    if (place.stackCount > 1) made.push(el('p', {class: 'threads'}, count(place.stackCount - 1, 'other stack') + ' with the same frame to blame'));
    return made;
  }

  function threads(place) {
    if (place.threads.length === 0) return '';
    const names = place.threads.join(', ');
    return place.threadCount === 1 ? 'thread ' + names : count(place.threadCount, 'thread') + ', ' + names;
  }

  const ROWS_AT_ONCE = 100;

  function connections(site) {
    const made = el('details', {}, el('summary', {}, 'Its sockets, one by one'));
    made.addEventListener('toggle', () => {
      if (made.children.length > 1) return;
      const all = data.sockets.filter(row => row[at.site] === site.number);
      const table = el('table', {}, el('caption', {}, all.length > ROWS_AT_ONCE
        ? 'The first ' + number(ROWS_AT_ONCE) + ' of ' + number(all.length) : number(all.length) + ' in all'));
      table.append(el('thead', {}, el('tr', {}, ...['fd', 'state', 'local', 'remote', 'Recv-Q', 'Send-Q', 'age']
        .map(title => el('th', {scope: 'col'}, title)))));
      const figure = n => el('td', {class: 'figure'}, n < 0 ? 'unknown' : number(n));
      table.append(el('tbody', {}, ...all.slice(0, ROWS_AT_ONCE).map(row => el('tr', {},
        el('td', {}, String(row[at.fd])),
        el('td', {}, stateOf(row)),
        el('td', {}, address(row[at.local], row[at.localPort])),
        el('td', {}, address(row[at.remote], row[at.remotePort])),
        figure(row[at.recvQ]), figure(row[at.sendQ]),
        el('td', {}, duration(row[at.openedAge] < 0 ? row[at.since] : row[at.openedAge]))))));
      made.append(table);
    });
    return made;
  }

  function siteDetail(site) {
    const made = el('div');
    const estimated = site.estimatedCount === null ? '' : ' (\u2248' + number(site.estimatedCount) + ' with those whose opening stack was not taken)';
    made.append(el('p', {}, site.subject + estimated + '; oldest ' + duration(site.oldest)
      + (site.median === null ? '' : ', median ' + duration(site.median)) + '; ' + site.confidence));
    const verdict = data.verdicts[site.verdict];
    if (!site.places.some(place => place.title === verdict.meaning)) made.append(el('p', {}, verdict.meaning));
    made.append(el('p', {}, 'what to do: ' + verdict.advice));
    for (const place of site.places) {
      made.append(el('h3', {}, place.title + ' ', el('span', {class: 'threads'}, threads(place))), ...stackList(place));
    }
    made.append(el('h3', {}, 'evidence'), el('ul', {}, ...site.facts.map(fact => el('li', {}, fact.replace(/^evidence: /, '')))));
    if (site.remoteCount > 1) {
      made.append(el('h3', {}, 'addresses'), el('ul', {}, ...site.remotes.map(to => el('li', {}, to.address + '  ' + number(to.count)))));
      if (site.remoteCount > site.remotes.length) {
        made.append(el('p', {}, 'and ' + number(site.remoteCount - site.remotes.length) + ' more'));
      }
    }
    made.append(connections(site));
    return made;
  }

  function searchText(site) {
    const verdict = data.verdicts[site.verdict];
    const texts = [site.subject, verdict.word, verdict.meaning, site.confidence, site.blamed, ...site.facts];
    for (const place of site.places) {
      texts.push(place.title, ...place.threads, ...data.stacks[place.stack].frames.map(index => data.frames[index]));
    }
    for (const remote of site.remotes) texts.push(remote.address);
    return texts.join('\n').toLowerCase();
  }

  function sites() {
    if (data.sites.length === 0) {
      $('site-table').append(el('p', {}, 'There is no site: ' + data.head.noLeaks + '.'));
      document.querySelector('#sites .tools').hidden = true;
      return;
    }
    const rows = data.sites.map((site, place) => siteRows(site, place));
    const columns = [
      {title: 'Verdict', key: row => row.heft},
      {title: 'Count', class: 'figure', key: row => row.site.count, down: true},
      {title: 'Code to blame', key: row => row.site.blamed},
      {title: 'Oldest', class: 'figure minor', key: row => row.site.oldest, down: true},
      {title: 'Last minute', class: 'figure minor', key: row => row.site.inLastMinute === null ? -1 : row.site.inLastMinute, down: true},
      {title: 'How sure', class: 'minor'}];
    const sorted = sortable('Sites, as the report orders them', columns, rows, (ordered, body) => {
      body.append(...ordered.flatMap(row => row.nodes));
      sorted.table.caption.textContent = 'Sites by ' + columns[sorted.by].title.toLowerCase()
        + (sorted.down ? ', descending' : ', ascending');
    });
    sorted.table.tBodies[0].append(...rows.flatMap(row => row.nodes));
    $('site-table').append(sorted.table);

    const choose = $('sort');
    choose.append(el('option', {disabled: true, selected: true}, 'as reported'));
    columns.forEach((column, index) => {
      if (column.key) choose.append(el('option', {value: index}, column.title.toLowerCase()));
    });
    choose.addEventListener('change', () => sorted.sort(Number(choose.value), columns[choose.value].down === true));

    const found = shown => {
      $('found').textContent = number(shown) + ' of ' + count(rows.length, 'site');
    };
    found(rows.length);
    $('search').addEventListener('input', () => {
      const wanted = $('search').value.trim().toLowerCase();
      let shown = 0;
      for (const row of rows) {
        row.text = row.text || searchText(row.site);
        const visible = row.text.includes(wanted);
        row.nodes[0].hidden = !visible;
        row.nodes[1].hidden = !visible || row.button.getAttribute('aria-expanded') !== 'true';
        shown += visible ? 1 : 0;
      }
      found(shown);
    });
    window.addEventListener('beforeprint', () => {
      rows.slice(0, ROWS_AT_ONCE).forEach(row => row.make());
    });
  }

  const HEFT = ['LEAK', 'TROUBLE', 'NOTICE', 'NORMAL'];

  function siteRows(site, place) {
    const verdict = data.verdicts[site.verdict];
    const id = 'site-' + site.number;
    const button = el('button', {type: 'button', class: 'open', 'aria-expanded': 'false', 'aria-controls': id,
      'aria-label': 'Site ' + site.number + ', ' + verdict.word + ': evidence and stacks'}, badge(verdict));
    const lately = site.inLastMinute === null ? 'unknown' : (site.inLastMinute > 0 ? '+' : '') + number(site.inLastMinute);
    const first = el('tr', {class: 'site'},
      el('td', {}, button),
      el('td', {class: 'figure'}, number(site.count)),
      el('td', {}, site.blamed ? frame(site.blamed) : 'no frame of the program was seen', el('span', {class: 'subject'}, site.subject)),
      el('td', {class: 'figure minor'}, duration(site.oldest)),
      el('td', {class: 'figure minor'}, lately),
      el('td', {class: 'minor'}, site.confidence));
    const cell = el('td', {colspan: 6});
    const second = el('tr', {class: 'detail', id, hidden: true}, cell);
    const row = {site, place, button, heft: HEFT.indexOf(verdict.weight) + verdict.word, nodes: [first, second]};
    row.make = () => {
      if (cell.children.length === 0) {
        cell.append(siteDetail(site));
        second.classList.add('made');
      }
    };
    const toggle = () => {
      const open = button.getAttribute('aria-expanded') !== 'true';
      button.setAttribute('aria-expanded', String(open));
      second.hidden = !open;
      if (open) row.make();
    };
    button.addEventListener('click', toggle);
    first.addEventListener('click', event => {
      if (!event.target.closest('button') && String(getSelection()) === '') toggle();
    });
    return row;
  }

  // --- flame graph

  const flame = {by: 'opened', which: 'all', fold: true, back: [], zoom: null, buttons: new Map(), cells: []};
  const CELL = 24; // pixels
  const THINNEST = 0.004; // of the width; what is thinner is put together with its neighbours
  const FOLDED = 3; // so many callers without another branch become one cell

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

  // Which stack a socket counts for; where there is none, the names of the blocks that it counts for.
  function way(row) {
    const origin = data.origins[row[at.origin]];
    const index = row[flame.by];
    if (index >= 0 && data.stacks[index].frames.length > 0) return index;
    if (!origin.tracked) return 'untracked\n' + origin.meaning;
    if (flame.by === at.eof) {
      return 'not told of the peer\'s close\n' + stateOf(row);
    }
    return 'no opening stack\n' + (index < 0 ? origin.meaning : 'none was taken');
  }

  function ways() {
    const counts = new Map();
    for (const row of data.sockets) {
      if (flame.which === 'all' || isSuspect(row)) {
        const key = way(row);
        counts.set(key, (counts.get(key) || 0) + 1);
      }
    }
    const missing = data.head.sockets - data.sockets.length;
    if (flame.which === 'all' && missing > 0) counts.set('not listed one by one in this report', missing);
    return counts;
  }

  function grow(counts) {
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

  // Callers that lead to one place alone say little: several of them in a row become one cell.
  function fold(from) {
    for (const kid of from.kids.values()) {
      const chain = [];
      let last = kid;
      while (last.kind === null && last.kids.size === 1 && only(last).count === last.count) {
        chain.push(last);
        last = only(last);
      }
      if (chain.length >= FOLDED) {
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
    return (cell.kind === 'blamed' ? '\u25C6 to blame: ' : '') + cell.full + (cell.full ? '\n' : '')
      + count(cell.count, 'socket') + ', ' + share(cell.count, flame.root.count) + ' of ' + number(flame.root.count);
  }

  function drawCell(cell, left, width, depth, above) {
    const kinds = ['blamed', 'block'].filter(kind => cell.kind === kind).concat(above ? ['above'] : []);
    const name = (cell.kind === 'blamed' ? '\u25C6 ' : '') + cell.label;
    const button = el('button', {type: 'button', class: kinds.join(' ') || null, tabindex: -1, title: describe(cell),
      'aria-label': name + ', ' + count(cell.count, 'socket') + ', ' + share(cell.count, flame.root.count),
      'data-count': cell.count, 'data-depth': depth}, name + ' \u00B7 ' + number(cell.count));
    button.style.left = left * 100 + '%';
    button.style.width = width * 100 + '%';
    button.style.top = depth * CELL + 'px';
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
    const made = [];
    const above = [];
    for (let up = flame.zoom.parent; up; up = up.parent) above.unshift(up);
    above.forEach((cell, depth) => made.push(drawCell(cell, 0, 1, depth, true)));
    let deepest = above.length;
    const spread = (cell, left, width, depth) => {
      made.push(drawCell(cell, left, width, depth, false));
      deepest = Math.max(deepest, depth);
      const kids = [...cell.kids.values()].sort((a, b) => b.count - a.count);
      const thin = kids.filter(kid => kid.kind !== 'block' && kid.count / flame.zoom.count < THINNEST);
      const shown = thin.length < 2 ? kids : kids.filter(kid => !thin.includes(kid));
      let x = left;
      const scale = width / cell.count;
      for (const kid of shown) {
        spread(kid, x, kid.count * scale, depth + 1);
        x += kid.count * scale;
      }
      if (thin.length >= 2) {
        const rest = node(thin.length + ' others', thin.length + ' others, each too thin to be drawn', 'block', cell);
        for (const kid of thin) {
          rest.count += kid.count;
          rest.kids.set(kid, kid);
        }
        made.push(drawCell(rest, x, rest.count * scale, depth + 1, false));
        deepest = Math.max(deepest, depth + 1);
      }
    };
    if (flame.zoom.count > 0) spread(flame.zoom, 0, 1, above.length);
    $('flame-cells').style.height = (deepest + 1) * CELL + 'px';
    $('flame-cells').replaceChildren(...made);
    const button = flame.buttons.get(focused) || flame.buttons.get(flame.zoom);
    if (button) {
      button.tabIndex = 0;
      if (focused) button.focus();
    }
  }

  function tell(text) {
    $('flame-told').textContent = text;
  }

  function zoomTo(cell) {
    if (cell === flame.zoom) return;
    flame.back.push(flame.zoom);
    flame.zoom = cell;
    draw(cell);
    tell('Zoomed into ' + cell.label + ': ' + count(cell.count, 'socket') + ', ' + share(cell.count, flame.root.count) + ' of '
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
      told();
    }
  }

  function told() {
    const total = flame.root.count;
    tell(count(total, 'socket') + (flame.which === 'all' ? '' : ' with a verdict other than normal, of ' + number(data.head.sockets))
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

  function growAgain() {
    const counts = ways();
    flame.root = grow(counts);
    if (flame.fold) fold(flame.root);
    flame.zoom = flame.root;
    flame.back = [];
    draw(null);
    told();
    $('flame-frame').textContent = '';
    const list = $('flame-list');
    list.lastElementChild.replaceChildren();
    if (list.open) flameList(counts);
  }

  function flameList(counts) {
    const rows = [...counts].sort((a, b) => b[1] - a[1]).map(([key, n]) => {
      const stack = typeof key === 'string' ? null : data.stacks[key];
      const blamed = stack && stack.blamed >= 0 ? frame(data.frames[stack.frames[stack.blamed]]) : null;
      const what = stack ? el('td', {}, blamed || 'no frame to blame', el('details', {}, el('summary', {}, count(stack.frames.length, 'frame')),
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
        growAgain();
      }),
      choice('Sockets', 'flame-which', [['all', 'all'], ['suspects', 'suspects only']], 'all', value => {
        flame.which = value;
        growAgain();
      }));
    const every = el('input', {type: 'checkbox', id: 'flame-every'});
    every.addEventListener('change', () => {
      flame.fold = !every.checked;
      growAgain();
    });
    const back = el('button', {type: 'button', class: 'tool'}, 'Zoom back');
    back.addEventListener('click', zoomBack);
    $('flame-tools').append(el('label', {}, every, ' every frame'), back);
    $('flame-cells').setAttribute('role', 'group');
    $('flame-cells').setAttribute('aria-label', 'Flame graph');
    $('flame-cells').addEventListener('keydown', move);
    $('flame-list').addEventListener('toggle', () => {
      if ($('flame-list').open) flameList(ways());
    });
    growAgain();
  }

  // --- ages

  const AGES = [[10, 'less than 10s'], [60, '10s to 1m'], [300, '1m to 5m'], [1800, '5m to 30m'], [7200, '30m to 2h'], [43200, '2h to 12h'],
    [172800, '12h to 2d'], [Infinity, 'more than 2d']];

  const NO_SOCKETS = 'This report does not list sockets one by one.';

  function ages() {
    if (data.sockets.length === 0) {
      $('ages-table').append(el('p', {}, NO_SOCKETS));
      return;
    }
    const show = column => {
      const groups = [...AGES.map(([, title]) => ({title, all: 0, leaked: 0})), {title: 'unknown', all: 0, leaked: 0}];
      for (const row of data.sockets) {
        const age = row[at[column]];
        const group = groups[age < 0 ? AGES.length : AGES.findIndex(([end]) => age < end)];
        group.all++;
        if (weightOf(row) === 'LEAK') group.leaked++;
      }
      const most = Math.max(1, ...groups.map(group => group.all));
      const rows = groups.map(group => {
        const leaked = el('span', {class: 'leaked'});
        const other = el('span');
        leaked.style.width = 100 * group.leaked / most + '%';
        other.style.width = 100 * (group.all - group.leaked) / most + '%';
        return el('tr', {}, el('th', {scope: 'row'}, group.title), el('td', {class: 'figure'}, number(group.all)),
          el('td', {class: 'figure'}, number(group.leaked)), el('td', {class: 'wide'}, el('div', {class: 'bar', 'aria-hidden': 'true'}, leaked, other)));
      });
      $('ages-table').replaceChildren(el('table', {class: 'ages'},
        el('caption', {}, column === 'openedAge' ? 'Sockets by the time since they were opened' : 'Sockets by the time for which their state is known'),
        el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, 'Age'), el('th', {scope: 'col', class: 'figure'}, 'Sockets'),
          el('th', {scope: 'col', class: 'figure'}, 'Leaked'), el('th', {scope: 'col'}, 'Leaked (striped) and others'))), el('tbody', {}, ...rows)));
    };
    $('ages-tools').append(choice('Since', 'ages-since', [['openedAge', 'opened'], ['since', 'in its state']], 'openedAge', show));
    show('openedAge');
  }

  // --- remote addresses

  const ADDRESSES_AT_ONCE = 20;

  function remotes() {
    const groups = new Map();
    for (const row of data.sockets) {
      const accepted = data.origins[row[at.origin]].accepted;
      const text = row[at.remote] < 0 ? 'none or unknown' : row[at.remotePort] === 0 ? 'none: it listens or is not connected'
        : address(row[at.remote], accepted ? 0 : row[at.remotePort]);
      let group = groups.get(text);
      if (!group) {
        group = {text, all: 0, leaked: 0, oldest: -1, states: new Map(), place: groups.size};
        groups.set(text, group);
      }
      group.all++;
      if (weightOf(row) === 'LEAK') group.leaked++;
      group.oldest = Math.max(group.oldest, row[at.openedAge], row[at.since]);
      const state = stateOf(row);
      group.states.set(state, (group.states.get(state) || 0) + 1);
    }
    const rows = [...groups.values()];
    if (rows.length === 0) {
      $('remotes-table').append(el('p', {}, NO_SOCKETS));
      return;
    }
    let limit = ADDRESSES_AT_ONCE;
    const more = el('button', {type: 'button', class: 'tool'});
    const columns = [
      {title: 'Remote address', key: row => row.text},
      {title: 'Sockets', class: 'figure', key: row => row.all, down: true},
      {title: 'Leaked', class: 'figure', key: row => row.leaked, down: true},
      {title: 'Oldest', class: 'figure minor', key: row => row.oldest, down: true},
      {title: 'States', class: 'minor'}];
    const sorted = sortable('', columns, rows, (ordered, body) => {
      body.replaceChildren(...ordered.slice(0, limit).map(row => el('tr', {}, el('td', {class: 'frame'}, row.text),
        el('td', {class: 'figure'}, number(row.all)), el('td', {class: 'figure'}, number(row.leaked)), el('td', {class: 'figure minor'}, duration(row.oldest)),
        el('td', {class: 'minor'}, [...row.states].sort((a, b) => b[1] - a[1]).map(([state, n]) => state + ' ' + number(n)).join('  ')))));
      sorted.table.caption.textContent = count(data.sockets.length, 'socket') + ' by remote address; accepted ones without the port';
      more.hidden = ordered.length <= limit;
      more.textContent = 'Show all ' + number(ordered.length);
    });
    more.addEventListener('click', () => {
      limit = Infinity;
      sorted.sort(sorted.by, sorted.down);
    });
    $('remotes-table').append(sorted.table, more);
    sorted.sort(1, true);
  }

  // --- the last hour

  const MOST_SAMPLES = 60;

  function samples() {
    return data.history.slice(-MOST_SAMPLES).map(each => {
      const figures = new Map(Object.entries(each.byState)).set('sockets', each.sockets);
      if (each.leaked !== null) figures.set('leaked', each.leaked);
      return {at: each.at, figures};
    });
  }

  function line(points, from, to, most) {
    const svg = $('line').content.firstElementChild.cloneNode(true);
    const x = each => to === from ? 50 : 100 * (each.at - from) / (to - from);
    const y = each => 29 - 28 * each.n / most;
    const places = points.length === 1 ? [[0, y(points[0])], [100, y(points[0])]] : points.map(each => [x(each), y(each)]);
    svg.firstElementChild.setAttribute('points', places.map(each => each.map(n => n.toFixed(2)).join(',')).join(' '));
    return svg;
  }

  function history() {
    const seen = samples();
    if (seen.length === 0) {
      $('history-told').append(el('p', {}, 'This report holds no history.'));
      return;
    }
    const from = seen[0].at;
    const to = seen[seen.length - 1].at;
    const names = ['leaked', 'sockets', ...data.historyStates].filter(name => seen.some(each => (each.figures.get(name) || 0) > 0)
      || name === 'leaked');
    const clock = time => new Date(time).toISOString().slice(11, 19) + ' UTC';
    const rows = names.map(name => {
      const points = seen.filter(each => each.figures.has(name) || !['leaked', 'sockets'].includes(name))
        .map(each => ({at: each.at, n: each.figures.get(name) || 0}));
      if (points.length === 0) return null;
      const figures = points.map(each => each.n);
      const cell = n => el('td', {class: 'figure'}, number(n));
      return el('tr', {}, el('th', {scope: 'row'}, name), el('td', {class: 'wide'}, line(points, from, to, Math.max(1, ...figures))),
        cell(Math.min(...figures)), cell(Math.max(...figures)), cell(figures[figures.length - 1]));
    });
    const headings = [['', null], [clock(from) + ' to ' + clock(to), null], ['Least', 'figure'], ['Most', 'figure'], ['Last', 'figure']];
    $('history-told').append(el('table', {class: 'ages'},
      el('caption', {}, count(seen.length, 'sample') + ' over ' + duration(Math.round((to - from) / 1000)) + '; each line has its own scale, from 0 to its most'),
      el('thead', {}, el('tr', {}, ...headings.map(([title, kind]) => el('th', {scope: 'col', class: kind}, title)))), el('tbody', {}, ...rows)));
  }

  // --- the rest

  function rest() {
    if (data.besides.trim() === '') $('besides').hidden = true;
    $('besides-text').textContent = data.besides;
    const told = data.notSeen.length > 0 ? data.notSeen : ['Nothing is known to be missing: every socket is tracked, and all sources were read.'];
    $('unseen-list').append(...told.map(each => el('li', {}, each)));
  }

  for (const part of [head, sites, flames, ages, remotes, history, rest]) part();
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
})();
