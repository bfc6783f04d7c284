using Hub.Gateway.Journal;
using Hub.Gateway.Storage;
using Hub.Rules.Engine;
using Hub.Rules.Site;
using Hub.Transport.Log;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Site;

/// <summary>After rows of hub.db are gone: changes of the site that are lost are taken from the journal.</summary>
public static class SiteMend
{
    public static void Mend(HubDb db, JournalLog journal)
    {
        var kept = db.Set<SiteChangeRow>().AsNoTracking().OrderBy(row => row.Id).ToList();
        var known = kept.Select(row => (row.AtTicks, row.Json)).ToHashSet();
        var journalled = from row in journal.Read(new LogPosition(journal.First.Value - 1), journal.Tail)
                         from entry in row.Entries.OfType<Entry.Changed>()
                         let json = SiteChangeJson.Write(entry.Change)
                         where known.Add((entry.At.UtcTicks, json))
                         select new SiteChangeRow { AtTicks = entry.At.UtcTicks, Json = json, IsJournalled = true };
        // They are folded in the order of their ids, so that those that come back need room between the others.
        var all = kept.Concat(journalled.ToList()).OrderBy(row => row.AtTicks).ToList();
        db.Set<SiteChangeRow>().ExecuteDelete();
        for (var i = 0; i < all.Count; i++)
        {
            all[i].Id = i + 1;
        }

        db.AddRange(all);
        db.SaveChanges();
    }
}
