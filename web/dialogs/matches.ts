// Every word typed must begin somewhere in the label.
export const matches = (label: string, typed: string): boolean => {
  const text = ` ${label.toLocaleLowerCase()}`;
  return typed.toLocaleLowerCase().split(/\s+/).filter(Boolean).every((word) => text.includes(` ${word}`) || (word.length > 2 && text.includes(word)));
};
