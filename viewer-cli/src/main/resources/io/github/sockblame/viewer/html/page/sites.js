// The table of sites, with search, sorting and details.

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
    if (index === stack.blamed) item.append(el('span', {class: 'threads'}, stack.entry ? '  a library: the stack has no frame of the program' : ''));
    list.append(item);
  };
  const to = Math.min(frames.length, from + 5);
  for (let i = from; i < to; i++) {
    line(near, i);
    if (i === from && stack.through >= 0) {
      near.append(el('li', {class: 'through'}, 'through ', frame(data.frames[frames[stack.through]])));
    }
  }
  if (frames.length === 0) near.append(el('li', {}, '(no stack was captured)'));
  const nodes = [near];
  if (to - from < frames.length) {
    const whole = el('details', {}, el('summary', {}, 'Whole stack, ' + count(frames.length, 'frame')));
    whole.addEventListener('toggle', () => {
      if (whole.children.length === 1) {
        const list = el('ol', {class: 'stack'});
        for (let i = 0; i < frames.length; i++) line(list, i);
        whole.append(list);
      }
    });
    nodes.push(whole);
  }
  if (place.stackCount > 1) nodes.push(el('p', {class: 'threads'}, count(place.stackCount - 1, 'other stack') + ' with the same culprit'));
  return nodes;
}

function threads(place) {
  if (place.threads.length === 0) return '';
  const names = place.threads.join(', ');
  return place.threadCount === 1 ? 'thread ' + names : count(place.threadCount, 'thread') + ', ' + names;
}

const MAX_ROWS = 100;

function connections(site) {
  const details = el('details', {}, el('summary', {}, 'Sockets of this site'));
  details.addEventListener('toggle', () => {
    if (details.children.length > 1) return;
    const all = data.sockets.filter(row => row[at.site] === site.number);
    const table = el('table', {}, el('caption', {}, all.length > MAX_ROWS
      ? 'The first ' + number(MAX_ROWS) + ' of ' + number(all.length) : number(all.length) + ' in total'));
    table.append(el('thead', {}, el('tr', {}, ...['fd', 'state', 'local', 'remote', 'Recv-Q', 'Send-Q', 'age']
      .map(title => el('th', {scope: 'col'}, title)))));
    const figure = n => el('td', {class: 'figure'}, n < 0 ? 'unknown' : number(n));
    table.append(el('tbody', {}, ...all.slice(0, MAX_ROWS).map(row => el('tr', {},
      el('td', {}, String(row[at.fd])),
      el('td', {}, stateOf(row)),
      el('td', {}, address(row[at.local], row[at.localPort])),
      el('td', {}, address(row[at.remote], row[at.remotePort])),
      figure(row[at.recvQ]), figure(row[at.sendQ]),
      el('td', {}, duration(row[at.openedAge] < 0 ? row[at.since] : row[at.openedAge]))))));
    details.append(table);
  });
  return details;
}

function siteDetail(site) {
  const detail = el('div');
  const estimated = site.estimatedCount === null ? '' : ' (\u2248' + number(site.estimatedCount) + ' with sockets without a captured opening stack)';
  const verdict = data.verdicts[site.verdict];
  if (verdict.advice !== '') detail.append(el('p', {class: 'todo'}, el('strong', {}, 'What to do: '), verdict.advice));
  detail.append(el('p', {}, site.subject + estimated + '; oldest ' + duration(site.oldest)
    + (site.median === null ? '' : ', median ' + duration(site.median)) + '; ' + site.confidence));
  if (!site.places.some(place => place.title === verdict.meaning)) detail.append(el('p', {}, verdict.meaning));
  for (const place of site.places) {
    detail.append(el('h3', {}, place.title + ' ', el('span', {class: 'threads'}, threads(place))), ...stackList(place));
  }
  detail.append(el('h3', {}, 'evidence'), el('ul', {}, ...site.facts.map(fact => el('li', {}, fact.replace(/^evidence: /, '')))));
  if (site.remoteCount > 1) {
    detail.append(el('h3', {}, 'addresses'), el('ul', {}, ...site.remotes.map(to => el('li', {}, to.address + '  ' + number(to.count)))));
    if (site.remoteCount > site.remotes.length) {
      detail.append(el('p', {}, 'and ' + number(site.remoteCount - site.remotes.length) + ' more'));
    }
  }
  detail.append(connections(site));
  return detail;
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
    $('site-table').append(el('p', {}, 'No sites: ' + data.head.headline + '.'));
    document.querySelector('#sites .tools').hidden = true;
    return;
  }
  const rows = data.sites.map((site, place) => siteRows(site, place));
  const columns = [
    {title: 'Verdict', key: row => row.heft},
    {title: 'Count', class: 'figure', key: row => row.site.count, down: true},
    {title: 'Culprit', key: row => row.site.blamed},
    {title: 'Oldest', class: 'figure minor', key: row => row.site.oldest, down: true},
    {title: 'Last minute', class: 'figure minor', key: row => row.site.growth === null ? -Infinity : row.site.growth, down: true},
    {title: 'Confidence', class: 'minor'}];
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
  if (isLeakSite(rows[0].site)) rows[0].toggle(); // the worst one: it is what the reader came for
  window.addEventListener('beforeprint', () => {
    rows.slice(0, MAX_ROWS).forEach(row => row.make());
  });
}

const HEFT = ['LEAK', 'TROUBLE', 'NOTICE', 'NORMAL'];

function siteRows(site, place) {
  const verdict = data.verdicts[site.verdict];
  const id = 'site-' + site.number;
  const button = el('button', {type: 'button', class: 'open', 'aria-expanded': 'false', 'aria-controls': id,
    'aria-label': 'Site ' + site.number + ', ' + verdict.word + ': evidence and stacks'}, badge(verdict));
  const growth = site.growth === null ? 'unknown' : (site.growth > 0 ? '+' : '') + number(site.growth);
  const first = el('tr', {class: 'site'},
    el('td', {}, button),
    el('td', {class: 'figure'}, number(site.count)),
    el('td', {}, site.blamed ? frame(site.blamed) : 'no frame of the program', el('span', {class: 'subject'}, site.subject)),
    el('td', {class: 'figure minor'}, duration(site.oldest)),
    el('td', {class: 'figure minor'}, growth),
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
  row.toggle = () => {
    const open = button.getAttribute('aria-expanded') !== 'true';
    button.setAttribute('aria-expanded', String(open));
    second.hidden = !open;
    if (open) row.make();
  };
  button.addEventListener('click', row.toggle);
  first.addEventListener('click', event => {
    if (!event.target.closest('button') && String(getSelection()) === '') row.toggle();
  });
  return row;
}
