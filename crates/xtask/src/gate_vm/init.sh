#!/bin/busybox sh
# The first process of the machine under test: drivers, disk, network, readers to plug in, and then one command per line
# from the second serial port. The gate program writes to the first one.
/bin/busybox --install -s /bin
export PATH=/bin NO_COLOR=1 RUST_LOG=info SCANNER_AGENT_HOME=/data/gate
mount -t proc none /proc
mount -t sysfs none /sys
mount -t devtmpfs none /dev
while read -r module options; do
    insmod "/modules/$module.ko" $options || echo "guest: the module $module was not loaded"
done </modules/order
mount -t configfs none /config
mount -t ext4 /dev/vda /data || echo "guest: no disk"
ifconfig lo 127.0.0.1 up
ifconfig eth0 10.0.2.15 netmask 255.255.255.0 up
route add default gw 10.0.2.2

# A USB reader that does not hang on any port yet: its number, name and serial number.
make_reader() {
    gadget=/config/usb_gadget/reader$1
    mkdir -p "$gadget/strings/0x409" "$gadget/configs/c.1" "$gadget/functions/hid.usb0"
    echo 0x1209 >"$gadget/idVendor"
    echo 0x000$((1 + $1)) >"$gadget/idProduct"
    echo "Museum" >"$gadget/strings/0x409/manufacturer"
    echo "$2" >"$gadget/strings/0x409/product"
    echo "$3" >"$gadget/strings/0x409/serialnumber"
    echo 1 >"$gadget/functions/hid.usb0/protocol"
    echo 1 >"$gadget/functions/hid.usb0/subclass"
    echo 8 >"$gadget/functions/hid.usb0/report_length"
    cat /keys/descriptor >"$gadget/functions/hid.usb0/report_desc"
    ln -s "$gadget/functions/hid.usb0" "$gadget/configs/c.1/"
}

# A reader that speaks as a serial port.
make_serial_reader() {
    gadget=/config/usb_gadget/serial
    mkdir -p "$gadget/strings/0x409" "$gadget/configs/c.1" "$gadget/functions/acm.usb0"
    echo 0x1209 >"$gadget/idVendor"
    echo 0x0009 >"$gadget/idProduct"
    echo "SERIAL-1" >"$gadget/strings/0x409/serialnumber"
    ln -s "$gadget/functions/acm.usb0" "$gadget/configs/c.1/"
}

# Plugs a reader into a port, or pulls it out.
plug() { echo "dummy_udc.$2" >"/config/usb_gadget/$1/UDC"; }
unplug() { echo >"/config/usb_gadget/$1/UDC"; }

# Lets a reader type a text, a key a millisecond, as its layout has it.
scan() { printf "$(awk -v "text=$3" -f /keys/type.awk "/keys/$2")" | dd bs=8 of="/dev/hidg$1" 2>/dev/null; }

# The serial reader sends a text and a carriage return.
send() { printf '%s\r' "$1" >/dev/ttyGS0; }

# The gate program; it goes on while other commands come.
start_gate() { scanner-agent run >/dev/ttyS0 2>&1 3>&- & echo $! >/tmp/gate.pid; }
stop_gate() { kill "$(cat /tmp/gate.pid)"; }

make_reader 0 "Left scanner" "READER-A"
make_reader 1 "Right scanner" "READER-B"
make_serial_reader
exec 3<>/dev/ttyS1
stty -F /dev/ttyS1 raw -echo
echo "guest: ready"
while read -r line <&3; do
    eval "$line" >&3 2>&3
    echo "<status $?>" >&3
done
