namespace Hub.Transport.Log;

/// <summary>One page in a write-ahead log.</summary>
/// <param name="Page">Its number in the database.</param>
/// <param name="At">Where its bytes begin in the file.</param>
/// <param name="IsOfThisRound">False for what is left of an earlier round: that is in the database by now.</param>
/// <param name="IsWhole">Its checksum is right, beginning with the one of the frame before.</param>
/// <param name="IsCommit">It ends a transaction.</param>
internal readonly record struct WalFrame(uint Page, long At, bool IsOfThisRound, bool IsWhole, bool IsCommit);
