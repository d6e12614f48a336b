"""Python runs this at its start when the folder is on PYTHONPATH: writes down every host that it looks up or connects to."""
import os
import sys


def note(event, arguments):
    if event == "socket.connect":
        address = arguments[1]
    elif event == "socket.getaddrinfo":
        address = arguments
    else:
        return
    # Other addresses are files: sockets between processes of this machine.
    if isinstance(address, tuple) and address[0]:
        host = address[0].decode() if isinstance(address[0], bytes) else address[0]
        with open(os.environ["HOSTS_FILE"], "a") as file:
            file.write(f"python {host}\n")


sys.addaudithook(note)
