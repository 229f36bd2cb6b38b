// The ages of the sockets.

const AGES = [[10, 'less than 10s'], [60, '10s to 1m'], [300, '1m to 5m'], [1800, '5m to 30m'], [7200, '30m to 2h'], [43200, '2h to 12h'],
  [172800, '12h to 2d'], [Infinity, 'more than 2d']];

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
      if (isLeak(row)) group.leaked++;
    }
    const most = Math.max(1, ...groups.map(group => group.all));
    const rows = groups.filter(group => group.all > 0).map(group => {
      const leaked = el('span', {class: 'leaked'});
      const other = el('span');
      leaked.style.width = 100 * group.leaked / most + '%';
      other.style.width = 100 * (group.all - group.leaked) / most + '%';
      return el('tr', {}, el('th', {scope: 'row'}, group.title), el('td', {class: 'figure'}, number(group.all)),
        el('td', {class: 'figure'}, number(group.leaked)), el('td', {class: 'wide'}, el('div', {class: 'bar', 'aria-hidden': 'true'}, leaked, other)));
    });
    $('ages-table').replaceChildren(el('table', {class: 'ages'},
      el('caption', {}, column === 'openedAge' ? 'Sockets by time since the opening' : 'Sockets by time in their state'),
      el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, 'Age'), el('th', {scope: 'col', class: 'figure'}, 'Sockets'),
        el('th', {scope: 'col', class: 'figure'}, 'Leaked'), el('th', {scope: 'col'}, 'Leaked (striped) and others'))), el('tbody', {}, ...rows)));
  };
  $('ages-tools').append(choice('Since', 'ages-since', [['openedAge', 'opened'], ['since', 'in its state']], 'openedAge', show));
  show('openedAge');
}
