// The last hour.

const MAX_SAMPLES = 60;

function samples() {
  return data.history.slice(-MAX_SAMPLES).map(each => {
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
  const minutes = samples();
  if (minutes.length === 0) {
    $('history-table').append(el('p', {}, 'This report has no history.'));
    return;
  }
  const from = minutes[0].at;
  const to = minutes[minutes.length - 1].at;
  const names = ['leaked', 'sockets', ...data.historyStates].filter(name => minutes.some(each => (each.figures.get(name) || 0) > 0)
    || name === 'leaked');
  const clock = time => new Date(time).toISOString().slice(11, 19) + ' UTC';
  const lines = names.map(name => ({name, points: minutes.filter(each => each.figures.has(name) || !['leaked', 'sockets'].includes(name))
    .map(each => ({at: each.at, n: each.figures.get(name) || 0}))})).filter(each => each.points.length > 0);
  const most = Math.max(1, ...lines.flatMap(each => each.points.map(point => point.n)));
  const rows = lines.map(({name, points}) => {
    const figures = points.map(each => each.n);
    const cell = n => el('td', {class: 'figure'}, number(n));
    return el('tr', {}, el('th', {scope: 'row'}, name), el('td', {class: 'wide'}, line(points, from, to, most)),
      cell(Math.min(...figures)), cell(Math.max(...figures)), cell(figures[figures.length - 1]));
  });
  const headings = [['', null], [clock(from) + ' to ' + clock(to), null], ['Min', 'figure'], ['Max', 'figure'], ['Last', 'figure']];
  $('history-table').append(el('table', {class: 'ages'},
    el('caption', {}, count(minutes.length, 'sample') + ' over ' + duration(Math.round((to - from) / 1000)) + '; all lines have one scale, from 0 to ' + number(most)),
    el('thead', {}, el('tr', {}, ...headings.map(([title, kind]) => el('th', {scope: 'col', class: kind}, title)))), el('tbody', {}, ...rows)));
}
