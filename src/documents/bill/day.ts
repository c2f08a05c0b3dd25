/** A moment's day, UTC, as ISO 8601 writes it: `2026-03-01`. @param seconds since 1970 */
export function dayText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
