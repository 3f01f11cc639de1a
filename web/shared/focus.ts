// Gives the focus to what is drawn, or will be by the render under way: the next key may come before the next frame. A frame is
// waited for only where that was not enough, and then counts only while nothing else has taken the focus.
export function focusOnceDrawn(focus: () => boolean): void {
  if (focus()) return;
  queueMicrotask(() => {
    if (focus()) return;
    const before = document.activeElement;
    requestAnimationFrame(() => { if (document.activeElement === before) focus(); });
  });
}
