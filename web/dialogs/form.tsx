import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { Problem } from '../shared/api';
import { explain } from '../shared/toasts';

// A labelled field that shows what the server said about it.
export function Field({ label, name, type = 'text', value, required, rows, hint, autofocus, autocomplete = 'off', problem, min }: {
  label: string; name: string; type?: string; value?: string; required?: boolean; rows?: number; hint?: string; autofocus?: boolean; autocomplete?: string; problem?: Problem | null; min?: number;
}) {
  const id = useId();
  const box = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useLayoutEffect(() => { if (autofocus) box.current?.focus(); }, []);
  const wrong = problem?.fields.find((field) => field.field === name)?.message;
  const about = wrong ? `${id}-wrong` : hint ? `${id}-hint` : undefined;
  const common = { id, name, required, autofocus, ref: box, 'aria-invalid': wrong ? true : undefined, 'aria-describedby': about, defaultValue: value };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {rows ? <textarea {...common} rows={rows} lang="" dir="auto" /> : <input {...common} type={type} autocomplete={autocomplete} minLength={min} />}
      {hint && !wrong && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      {wrong && <p class="wrong" id={`${id}-wrong`}>{wrong}</p>}
    </div>
  );
}

// What belongs to no field: a sentence over the buttons.
export function FormError({ problem }: { problem: Problem | null }) {
  if (!problem) return null;
  return <p class="wrong" role="alert">{explain(problem)}</p>;
}
