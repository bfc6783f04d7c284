using Hub.Gateway.Roster;

namespace Hub.AllInOne;

/// <summary>
/// Who works in the demo's compound, around the clock, so that a call climbs the ladder at any hour; and how they are
/// told: each on a topic of the hub's own broker, because nothing of the demo leaves this machine.
/// </summary>
public static class DemoRoster
{
    public static readonly IReadOnlyList<RosterFile> Tables =
    [
        new("people.csv", """
            person,name,role,language,phone,quiet
            butler-07,王芳,butler,zh-Hans,138-0000-0007,
            butler-08,李伟,butler,zh-Hans,138-0000-0008,
            butler-11,Grace Lin,butler,en,138-0000-0011,
            butler-12,赵敏,butler,zh-Hans,138-0000-0012,
            desk-1,周强,hotline,zh-Hans,138-0000-0021,
            desk-2,吴洁,hotline,zh-Hans,138-0000-0022,
            chief-01,孙丽,chief,zh-Hans,138-0000-0001,
            director-01,郑涛,director,zh-Hans,138-0000-0002,22:00-06:00
            engineer-02,何军,engineer,zh-Hans,138-0000-0031,
            """),
        new("grids.csv", """
            grid,name,places,partners
            grid-1,1 栋 1 单元,b1,grid-3
            grid-3,3 栋 2 单元,b3,grid-1
            """),
        new("shifts.csv", """
            person,grid,days,hours,since
            butler-07,grid-1,daily,07:00-19:00,2026-01-01
            butler-08,grid-1,daily,19:00-07:00,2026-01-01
            butler-11,grid-3,daily,07:00-19:00,2026-01-01
            butler-12,grid-3,sun-thu,19:00-07:00,2026-01-01
            desk-1,,daily,08:00-20:00,2026-01-01
            desk-2,,daily,20:00-08:00,2026-01-01
            chief-01,,daily,00:00-24:00,2026-01-01
            director-01,,daily,00:00-24:00,2026-01-01
            engineer-02,,daily,00:00-24:00,2026-01-01
            """),
    ];

    public const string NotifyYaml = """
        channels:
          - { id: wang-fang, kind: mqtt, person: butler-07 }
          - { id: li-wei, kind: mqtt, person: butler-08 }
          - { id: grace-lin, kind: mqtt, person: butler-11 }
          - { id: zhao-min, kind: mqtt, person: butler-12 }
          - { id: desk, kind: mqtt, tells: [hotline] }
          - { id: sun-li, kind: mqtt, person: chief-01 }
          - { id: sun-li-second, kind: mqtt, person: chief-01, about: [call], after: 30 s }
          - { id: zheng-tao, kind: mqtt, person: director-01 }
          - { id: he-jun, kind: mqtt, person: engineer-02 }
        """;
}
