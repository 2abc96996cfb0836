import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

const DAY = 86_400_000;
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
const timeOf = (day: string) => Date.parse(`${day}T00:00:00Z`);

/**
 * Time of a map (时间轴): one day between two, by dragging, by arrow keys, or run through in steps. Who asks for less motion
 * gets no running; the steps by key are the same.
 */
export function TimeSlider({
  label,
  from,
  to,
  value,
  onChange,
}: {
  label: string;
  /** Days, `YYYY-MM-DD`. */
  from: string;
  to: string;
  value: string;
  onChange: (day: string) => void;
}) {
  const { t } = useTranslation();
  const change = useRef(onChange);
  change.current = onChange;
  const [running, setRunning] = useState(false);
  const [first, last, now] = [timeOf(from), timeOf(to), timeOf(value)];
  const step = Math.max(DAY, Math.round((last - first) / 60 / DAY) * DAY);
  useEffect(() => {
    if (!running) return;
    if (now >= last) return setRunning(false);
    const next = setTimeout(() => change.current(dayOf(Math.min(last, now + step))), 400);
    return () => clearTimeout(next);
  }, [running, now, last, step]);
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const run = () => {
    if (!running && now >= last) onChange(from);
    setRunning(!running);
  };
  return (
    <div className="time-slider">
      <label>
        <span>
          {label} <output>{value}</output>
        </span>
        <input
          type="range"
          min={first}
          max={last}
          step={DAY}
          value={Math.min(last, Math.max(first, now))}
          aria-valuetext={value}
          onChange={(event) => onChange(dayOf(Number(event.target.value)))}
        />
      </label>
      {!still && (
        <button type="button" aria-pressed={running} onClick={run}>
          {t(running ? 'map.pause' : 'map.run')}
        </button>
      )}
    </div>
  );
}
