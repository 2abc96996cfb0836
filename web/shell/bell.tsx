import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment } from '#web/design/format.ts';
import { addTexts } from '#web/i18n/index.ts';
import type { Entrance } from './entrances.ts';
import './bell.css';

const zh = {
  bell: '消息',
  unread: '{{n}} 条未读消息',
  none: '没有消息',
  readAll: '全部已读',
  settings: '通知设置',
  level: { 1: 'Ⅰ级', 2: 'Ⅱ级', 3: 'Ⅲ级', 4: 'Ⅳ级' },
};
const en: typeof zh = {
  bell: 'Messages',
  unread: '{{n}} unread messages',
  none: 'No messages',
  readAll: 'Mark all as read',
  settings: 'Notification settings',
  level: { 1: 'I', 2: 'II', 3: 'III', 4: 'IV' },
};
addTexts('bell', { zh, en });

type Messages = Reply<'/api/signal/messages'>;
/** So many are shown in the menu, and so much is counted. */
const SHOWN = 12;
const MOST_COUNTED = 99;
/** Where a line cannot be held (a proxy, too many pages), the bell looks by itself. */
const LOOK_MS = 60_000;

/** Where a message leads (消息去向): one about a matter to its page; else citizens and enterprises to the warnings that hold, officials to what it is about. */
const targetOf = ({ about, subject, path }: Messages['messages'][number], entrance: Entrance | null): string => {
  if (path !== null) return path;
  if (entrance === 'citizen' || entrance === 'business') return '/citizen/warnings';
  if (about === 'order') return `/gov/orders?order=${subject}`;
  return about === 'warning' ? `/gov/warnings/${subject}` : `/gov/alerts/${subject}`;
};

/** The bell (消息铃): how many messages are unread, live over one line of server-sent events. `home` is the entrance with one's own pages. */
export function Bell({ entrance, home }: { entrance: Entrance | null; home: Entrance | undefined }) {
  const { t, i18n } = useTranslation('bell');
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const state = useApi('messages', (signal) => call<Messages>('/api/signal/messages', { signal }), {
    refreshMs: LOOK_MS,
  });
  const menu = useRef<HTMLDetailsElement>(null);
  const [said, setSaid] = useState('');
  const { reload } = state;
  useEffect(() => {
    let line: EventSource | undefined;
    const told = (event: MessageEvent<string>) => {
      const { title } = JSON.parse(event.data) as { title: { zh: string; en: string } };
      setSaid(title[language]);
      reload();
    };
    // A browser has few lines to one server: a page that nobody sees gives its own back, and asks when it is seen again.
    const follow = () => {
      line?.close();
      line = undefined;
      if (document.visibilityState !== 'visible') return;
      line = new EventSource('/signal/messages');
      line.addEventListener('message', told);
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      line?.close();
      document.removeEventListener('visibilitychange', follow);
    };
  }, [reload, language]);
  const unread = state.data?.unread ?? 0;
  const read = (id?: string) =>
    void call('/api/signal/messages/read', { method: 'PUT', body: id === undefined ? {} : { id } }).then(
      reload,
      reload,
    );
  return (
    <details className="bell" ref={menu}>
      <summary aria-label={unread > 0 ? t('unread', { n: unread }) : t('bell')}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M12 3a6 6 0 0 0-6 6v4l-2 4h16l-2-4V9a6 6 0 0 0-6-6M10 20h4" />
        </svg>
        {unread > 0 && <b>{unread > MOST_COUNTED ? `${MOST_COUNTED}+` : unread}</b>}
      </summary>
      <p className="bell-said" role="status">
        {said}
      </p>
      <div className="bell-menu">
        {state.data?.messages.length === 0 && <p>{t('none')}</p>}
        <ul>
          {state.data?.messages.slice(0, SHOWN).map((message) => (
            <li key={message.id} data-read={message.read}>
              <Link
                to={targetOf(message, entrance)}
                onClick={() => {
                  read(message.id);
                  menu.current?.removeAttribute('open');
                }}
              >
                {message.path === null && `${t(`level.${message.level as 1}`)} `}
                {message.title[language]}
              </Link>
              <small>{formatMoment(message.at, { language })}</small>
            </li>
          ))}
        </ul>
        {unread > 0 && (
          <button type="button" onClick={() => read()}>
            {t('readAll')}
          </button>
        )}
        {home && (
          <p>
            <Link to={`/${home}/notifications`} onClick={() => menu.current?.removeAttribute('open')}>
              {t('settings')}
            </Link>
          </p>
        )}
      </div>
    </details>
  );
}
