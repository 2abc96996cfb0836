import type { ReactNode } from 'react';

/** Empty (空状态): says what will appear here and the one thing to do. */
export function EmptyState({
  title,
  text,
  act,
  level = 2,
}: {
  title: string;
  text: string;
  act?: ReactNode;
  level?: 1 | 2;
}) {
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <section className="empty">
      <Heading>{title}</Heading>
      <p>{text}</p>
      {act}
    </section>
  );
}
