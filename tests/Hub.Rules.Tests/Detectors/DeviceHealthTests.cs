namespace Hub.Rules.Tests.Detectors;

public class DeviceHealthTests
{
    [Fact]
    public void A_clock_that_is_off_for_ten_minutes_is_told() => RuleScript.Check(
        Device("H3", "device.clock.offset") + """
        08:00..09:00 every 5m device.clock.offset 0.01 +0
        09:05..09:25 every 5m device.clock.offset -45 +0
        09:30..10:40 every 5m device.clock.offset 0.01 +0
        """, """
        09:15 raised H3
        10:30 cleared H3
        """);

    [Fact]
    public void A_clock_that_is_set_after_a_start_is_not() => RuleScript.Check(
        Device("H3", "device.clock.offset") + """
        08:00  device.clock.offset 600
        08:05  device.clock.offset 300
        08:10  device.clock.offset 0.01
        """, "");

    [Fact]
    public void A_backlog_that_stays_is_told_until_half_of_it_is_gone() => RuleScript.Check(
        Device("H4", "device.backlog") + """
        08:00..08:30 every 5m device.backlog 1500 +0
        08:35  device.backlog 800
        08:40  device.backlog 400
        """, """
        08:30 raised H4
        08:40 cleared H4
        """);

    [Fact]
    public void A_backlog_told_out_of_the_backlog_is_over() => RuleScript.Check(
        Device("H4", "device.backlog") + """
        08:00..08:30 every 5m device.backlog 5 +0
        08:31  offline
        20:00  online
        20:01  late 11h device.backlog 1500
        20:02  late 10h device.backlog 9000
        20:03  late 9h device.backlog 9000
        20:05..20:30 every 5m device.backlog 5 +0
        """, "");

    [Fact]
    public void Lost_pulses_are_told_but_not_what_was_lost_before() => RuleScript.Check(
        Device("H5", "device.events.lost") + """
        08:00..09:00 every 5m device.events.lost 7 +0
        09:05  device.events.lost 9
        09:10..1d09:15 every 5m device.events.lost 9 +0
        """, """
        09:05 raised H5
        1d09:10 cleared H5
        """);

    [Fact]
    public void A_count_that_begins_anew_has_lost_nothing() => RuleScript.Check(
        Device("H5", "device.readings.shed") + """
        08:00..09:00 every 5m device.readings.shed 70 +0
        09:05..10:00 every 5m device.readings.shed 0 +0
        """, "");

    [Fact]
    public void A_battery_is_told_once_whatever_the_nights_do_to_it() => RuleScript.Check(
        Device("H6", "device.battery") + """
        08:00  device.battery 16
        12:00  device.battery 14
        14:00  device.battery 13
        16:00  device.battery 17
        18:00  device.battery 13
        1d08:00 device.battery 98
        """, """
        14:00 raised H6
        1d08:00 cleared H6
        """);

    [Fact]
    public void A_radio_that_is_weak_for_a_day_is_told() => RuleScript.Check(
        Device("H7", "device.rssi") + "08:00..2d08:00 every 60m device.rssi -99 +0", "1d15:00 raised H7");

    [Fact]
    public void A_radio_that_loses_a_telegram_now_and_then_is_not() => RuleScript.Check(
        Device("H7", "device.linkquality") + """
        08:00..20:00 every 60m device.linkquality 90 +0
        21:00  device.linkquality 5
        22:00..2d08:00 every 60m device.linkquality 90 +0
        """, "");

    [Fact]
    public void A_disk_that_is_full_for_half_an_hour_is_told() => RuleScript.Check(
        Device("H9", "device.disk") + """
        08:00  device.disk 89
        08:05..08:35 every 5m device.disk 93 +0
        08:40  device.disk 88
        08:45  device.disk 84
        """, """
        08:35 raised H9
        08:45 cleared H9
        """);

    private static string Device(string code, string signal) => $"""
        rule   {code}
        home   occupied
        point  {signal}

        """;
}
