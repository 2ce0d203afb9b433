/** The queue did not take a message, or did not answer. Apart from the client, whom few need to load. */
export class QueueUnavailable extends Error {
  override readonly name = 'QueueUnavailable';
  readonly isOutage = true;
}
