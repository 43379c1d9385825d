const dayMs = 86_400_000;

/** When a photo goes for good that was put into the trash then: the first night after so many days. */
export function goesAt(trashedAt: string, days: number): Date {
  return new Date(Date.parse(trashedAt) + days * dayMs);
}
