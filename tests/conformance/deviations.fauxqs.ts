/**
 * The points that fauxqs 2.4.1 is known to miss, by name, with what it does instead. The suites also run
 * against it, so that the emulators here are not their own only witness: a point missing from this table
 * that fails, or one in it that passes, fails the test.
 */
export const s3Deviations: Readonly<Record<string, string>> = {
  'If-None-Match: * on a key that is there is 412 and changes nothing': 'overwrites',
  'of twenty who create a key at once one wins': 'all twenty win',
  'If-Match with an older ETag is 412 and changes nothing': 'overwrites',
  'If-Match on a missing key is 404': 'creates the key',
  'of twenty who replace the same ETag at once one wins': 'all twenty win',
  'DELETE with an older ETag is 412 and deletes nothing': 'deletes',
  'completing a multipart upload minds If-None-Match': 'overwrites',
  'GET minds If-Modified-Since and If-Unmodified-Since': 'minds neither date',
  'DeleteObjects refuses more than a thousand keys': 'deletes them',
  'a list is in the order of UTF-8 bytes': 'sorts by locale',
  'a wrong CRC32 is 400 and writes nothing': 'stores the object',
  'a wrong Content-MD5 is 400 and writes nothing': 'stores the object',
  'an object of 20 MB': 'takes 11 MiB at most',
  'tags of an object are kept': 'knows no tags',
  'with versioning an overwritten version can be read': 'knows no versions',
  'with versioning a delete is a marker that can be taken away': 'knows no versions',
  'versions are listed newest first, markers among them': 'knows no versions',
  'with versioning, If-None-Match: * creates again behind a delete marker': 'knows no versions',
  'a bucket policy can refuse writes without a condition': 'knows no policies',
  'under such a policy a copy is refused': 'knows no policies',
  'a wrong secret is 403 SignatureDoesNotMatch': 'checks no signatures',
  'an unknown access key is 403 InvalidAccessKeyId': 'checks no signatures',
  'who does not sign is refused': 'checks no signatures',
};

export const sqsDeviations: Readonly<Record<string, string>> = {
  'a message is received as it was sent, with its MD5': 'refuses characters beyond U+FFFF',
  'several messages of one group may come in one receive, in order':
    'one message of a group at a time',
  'deduplication can be a matter of the group': 'deduplicates over the whole queue',
  'a dead letter names the queue it came from': 'does not',
  'the dead letters of a FIFO queue are a FIFO queue': 'takes a standard queue',
  'a queue of dead letters lists its sources': 'has no ListDeadLetterSourceQueues',
  'dead letters can be moved back': 'has no StartMessageMoveTask',
  'one bad receipt in a batch does not stop the others': 'takes any receipt handle for good',
  'a character that XML could not hold is refused': 'refused under the name of the query protocol',
  'a garbage receipt handle is refused': 'takes any receipt handle for good',
  'a FIFO queue refuses a receipt handle that a later receive has replaced': 'accepts it',
  'a queue made twice is one queue, unless its attributes differ':
    'refused under the name of the query protocol',
  'a wrong secret is 403': 'checks no signatures',
};
