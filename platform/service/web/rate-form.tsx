import { type FormEvent, useState } from 'react';
import { call, useSubmit } from '#web/client/index.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useCaseTexts } from './case-texts.ts';

const STARS = [5, 4, 3, 2, 1] as const;

/** Rates an item (好差评): five words, not five pictures; the unit does not see who wrote it. */
export function RateForm({ code, no, onDone }: { code: string; no: number; onDone: () => void }) {
  const { t } = useCaseTexts();
  const [stars, setStars] = useState<number>();
  const [thanks, setThanks] = useState(false);
  const { busy, problem, submit } = useSubmit((body: object, key) =>
    call(`/api/service/own-cases/${code}/items/${no}/ratings`, { method: 'POST', body, headers: key }),
  );
  if (thanks) return <p role="status">{t('mine.rated')}</p>;
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = new FormData(event.currentTarget).get('text');
    const body = {
      node: 'delivery',
      stars,
      ...(typeof text === 'string' && text.trim() !== '' && { text: text.trim() }),
    };
    if ((await submit(body)) === undefined) return;
    setThanks(true);
    onDone();
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <fieldset className="rate-stars">
        <legend>{t('mine.rate')}</legend>
        {STARS.map((each) => (
          <label key={each} className="choice">
            <input type="radio" name={`stars-${no}`} required onChange={() => setStars(each)} />
            {t(`mine.stars.${each}`)}
          </label>
        ))}
      </fieldset>
      <label>
        {t('mine.words')}
        <textarea name="text" rows={2} maxLength={500} />
      </label>
      {problem && <RefusalPanel problem={problem} />}
      <button type="submit" className="primary" disabled={busy}>
        {t('mine.rateSend')}
      </button>
    </form>
  );
}
