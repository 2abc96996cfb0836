import type { Reply } from '#web/client/reply.ts';
import { useNotificationTexts } from './notification-texts.ts';

export type Preferences = Reply<'/api/signal/preferences'>;
export const CHANNELS = ['email', 'sms', 'wechat'] as const;
export type Channel = (typeof CHANNELS)[number];

/** One kind of notice (通知类别) and its channels. What cannot be unsubscribed from stands here all the same, with the reason. */
export function KindChoice({
  kind,
  language,
  on,
  off,
  onTurn,
}: {
  kind: Preferences['kinds'][number];
  language: 'zh' | 'en';
  on: Record<Channel, boolean>;
  off: (channel: Channel) => boolean;
  onTurn: (channel: Channel) => void;
}) {
  const { t } = useNotificationTexts();
  const title = kind.title[language];
  return (
    <fieldset className="notify-kind" data-locked={kind.locked !== null}>
      <legend>{title}</legend>
      <p className="soft">{kind.text[language]}</p>
      <div className="notify-boxes">
        <label>
          <input type="checkbox" checked disabled aria-label={t('always')} />
          {t('channel.page')}
        </label>
        {CHANNELS.map((channel) => (
          <label key={channel}>
            <input
              type="checkbox"
              checked={on[channel] && (kind.locked !== null || !off(channel))}
              disabled={!on[channel] || kind.locked !== null}
              aria-label={t('receive', { kind: title, channel: t(`channel.${channel}`) })}
              onChange={() => onTurn(channel)}
            />
            {t(`channel.${channel}`)}
            {!on[channel] && <small>{t('channelOff')}</small>}
          </label>
        ))}
      </div>
      {kind.locked && (
        <p className="notify-locked">
          <b>{t('locked')}</b> {kind.locked[language]} {t('lockedFollows')}
          {language === 'zh' ? '。' : '.'}
        </p>
      )}
    </fieldset>
  );
}
