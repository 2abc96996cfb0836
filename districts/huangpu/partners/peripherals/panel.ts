import { shanghaiDateTime } from '#platform/kernel/dates.ts';
import type { Desk } from './desk.ts';

/** A page of its own without script; colours are the system's. */
export const PANEL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const STYLE = `
  :root { color-scheme: light dark; font: 100%/1.6 system-ui, sans-serif }
  body { margin: 0; background: Canvas; color: CanvasText }
  main { max-width: 40rem; margin: 0 auto; padding: 1.5rem 1rem; display: grid; gap: 1.25rem }
  h1, h2, p, ul { margin: 0 } h1 small { display: block; font-size: 0.5em; font-weight: 400 }
  .badge { justify-self: start; border: 1px solid; border-radius: 0.25rem; padding: 0 0.5rem; font-size: 0.875rem }
  section { border: 1px solid; border-radius: 0.5rem; padding: 1rem; display: grid; gap: 0.75rem }
  form { display: flex; flex-wrap: wrap; gap: 0.5rem } button { font: inherit; min-height: 2.75rem; padding: 0 1rem }
  ul { padding: 0; list-style: none; display: grid; gap: 0.75rem } pre { margin: 0; white-space: pre-wrap; font: inherit }`;

export type Panel = {
  place: string;
  desk: Desk;
  cards: { key: string; title: string }[];
  printed: { at: Date; title: string; lines: string[] }[];
  messages: { at: Date; phone: string; body: string }[];
};

/** The simulated desk (模拟外设): cards to put on the reader, the plug, the paper that came out, the phone. */
export function panelPage({ place, desk, cards, printed, messages }: Panel): string {
  const state = !desk.plugged
    ? '读卡器已拔出 Unplugged'
    : desk.title === null
      ? '读卡器上没有卡 No card'
      : `读卡器上：${desk.title}`;
  const put = cards
    .map(({ key, title }) => `<button name="card" value="${escaped(key)}">放上 ${escaped(title)}</button>`)
    .join('');
  const paper = printed.map(
    ({ at, title, lines }) =>
      `<li><b>${escaped(title)}</b> <small>${shanghaiDateTime(at)}</small><pre>${escaped(lines.join('\n'))}</pre></li>`,
  );
  const phone = messages.map(
    ({ at, phone: to, body }) => `<li><small>${shanghaiDateTime(at)} → ${escaped(to)}</small><br>${escaped(body)}</li>`,
  );
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>模拟外设</title><style>${STYLE}</style></head>
<body><main>
  <p class="badge">模拟设备 Simulated</p>
  <h1>窗口外设模拟器<small>Simulated devices of a window: no real card is read here · ${escaped(place)}</small></h1>
  <section><h2>读卡器 Card reader</h2><p role="status">${escaped(state)}</p>
    <form method="post">${put}<button name="card" value="">取走卡片 Take away</button>
    <button name="plug" value="${desk.plugged ? 'out' : 'in'}">${desk.plugged ? '拔出读卡器 Unplug' : '插上读卡器 Plug in'}</button></form></section>
  <section><h2>手机短信 Phone</h2><ul>${phone.join('') || '<li>还没有短信 Nothing yet</li>'}</ul></section>
  <section><h2>打印机 Printer</h2><ul>${paper.join('') || '<li>还没有打印 Nothing yet</li>'}</ul></section>
</main></body></html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
