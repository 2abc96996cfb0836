import { call, useSubmit } from '#web/client/index.ts';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { shortOf } from './move-form.tsx';
import { useMoveTexts } from './move-texts.ts';
import type { Move } from './shapes.ts';

/** Requests to move cases and what came of them, the newest first; one of somebody else can be approved here. */
export function MoveList({
  process,
  moves,
  onChanged,
}: {
  process: string;
  moves: readonly Move[];
  onChanged: () => void;
}) {
  const { t } = useMoveTexts();
  return (
    <section aria-label={t('moves')} className="process-move-list">
      <h2>{t('moves')}</h2>
      {moves.length === 0 && <p className="soft">{t('movesNone')}</p>}
      <ul>
        {moves.map((move) => (
          <Line key={move.id} process={process} move={move} onChanged={onChanged} />
        ))}
      </ul>
    </section>
  );
}

function Line({ process, move, onChanged }: { process: string; move: Move; onChanged: () => void }) {
  const { t, language, say } = useMoveTexts();
  const decide = useSubmit((act: 'approve' | 'decline', headers) =>
    call<Move>(`/api/workflow/processes/${process}/moves/${move.id}/${act}`, { method: 'POST', body: {}, headers }),
  );
  const act = async (which: 'approve' | 'decline') => {
    if (await decide.submit(which)) onChanged();
  };
  const when = (at: string) => formatMoment(at, { language });
  const pairs = Object.entries(move.map).map(([before, after]) => `${before} → ${after}`);
  return (
    <li data-state={move.state}>
      <b>{t('line', { from: move.from, to: move.to, n: move.instances.length })}</b>{' '}
      <span className="badge">{t(`state.${move.state}`)}</span>
      <p>{move.reason}</p>
      <p className="soft">
        {t('askedBy', { by: move.askedByName, at: when(move.askedAt) })}
        {move.decidedAt !== null && ` · ${t('decidedBy', { by: move.decidedByName ?? '', at: when(move.decidedAt) })}`}
        {move.moved !== null && ` · ${t('moved', { n: move.moved })}`}
      </p>
      {pairs.length > 0 && <p className="soft">{t('mapped', { pairs: pairs.join('，') })}</p>}
      {move.leftBehind.length > 0 && (
        <div>
          {t('left', { n: move.leftBehind.length })}
          <ul className="process-after">
            {move.leftBehind.map(({ instance, message }) => (
              <li key={instance}>
                <code>{shortOf(instance)}</code> {say(message)}
              </li>
            ))}
          </ul>
        </div>
      )}
      {move.state === 'asked' && (
        <div className="acts">
          {!move.own && (
            <button type="button" className="primary" disabled={decide.busy} onClick={() => void act('approve')}>
              {t('approve')}
            </button>
          )}
          <button type="button" disabled={decide.busy} onClick={() => void act('decline')}>
            {t(move.own ? 'takeBack' : 'decline')}
          </button>
          {move.own && <span className="soft">{t('own')}</span>}
        </div>
      )}
      {decide.problem && <RefusalPanel problem={decide.problem} />}
    </li>
  );
}
