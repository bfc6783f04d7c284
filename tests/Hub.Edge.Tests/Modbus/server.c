/*
 * A Modbus server on libmodbus (Debian: libmodbus-dev): what the client of the edge is held against.
 *   server tcp PORT      on the loopback
 *   server rtu UNIT      on a terminal of its own, whose name it prints
 * "ready" and the place are printed when it can be asked. Its registers are those that ModbusServerTests expects.
 */
#define _GNU_SOURCE
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void put(uint16_t *at, uint64_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (uint16_t)(value >> (48 - 16 * i));
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    int is_tcp = strcmp(argv[1], "tcp") == 0;
    modbus_t *bus = is_tcp ? modbus_new_tcp("127.0.0.1", atoi(argv[2])) : modbus_new_rtu("/dev/ptmx", 9600, 'N', 8, 1);
    modbus_mapping_t *map = modbus_mapping_new(0, 0, 300, 300);
    uint16_t *holding = map->tab_registers;
    double f64 = -1234567.875;
    uint64_t bits;
    memcpy(&bits, &f64, sizeof bits);
    holding[0] = 1234;
    holding[1] = (uint16_t)-5;
    holding[2] = 0x1234;
    holding[3] = 0x5678;
    holding[4] = 0xFFFF;
    holding[5] = 0x8001;
    holding[6] = 0x41AC; /* 21.5 */
    holding[9] = 0xAC41;
    holding[11] = 0x41AC;
    put(holding + 12, bits);
    put(holding + 16, 123456789012ULL);
    holding[20] = 0xFFFF;
    holding[21] = 0x7FC0; /* not a number */
    for (int i = 0; i < 300; i++)
        map->tab_input_registers[i] = (uint16_t)(i * 3);

    int listener = -1;
    if (is_tcp) {
        listener = modbus_tcp_listen(bus, 1);
        if (listener < 0)
            return 1;
        printf("ready %s\n", argv[2]);
    } else {
        modbus_set_slave(bus, atoi(argv[2]));
        /* How long it waits for the answers of others, and for the rest of a frame. */
        modbus_set_response_timeout(bus, 0, 20000);
        modbus_set_byte_timeout(bus, 0, 20000);
        if (modbus_connect(bus) < 0)
            return 1;
        int terminal = modbus_get_socket(bus);
        if (grantpt(terminal) < 0 || unlockpt(terminal) < 0)
            return 1;
        printf("ready %s\n", ptsname(terminal));
    }
    fflush(stdout);

    uint8_t question[MODBUS_TCP_MAX_ADU_LENGTH];
    for (;;) {
        if (is_tcp)
            modbus_tcp_accept(bus, &listener);
        int length;
        while ((length = modbus_receive(bus, question)) >= 0)
            if (length > 0)
                modbus_reply(bus, question, length, map);
        if (is_tcp) {
            modbus_close(bus);
        } else {
            modbus_flush(bus);
            usleep(10000); /* nobody has the other end open */
        }
    }
}
